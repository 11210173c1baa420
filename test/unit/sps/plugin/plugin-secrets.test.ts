import { describe, expect, test } from 'vitest';
import { parseExactJson, isJsonObject, type JsonObject } from '../../../../src/base/json.ts';
import {
  collectPluginSecrets,
  createPluginMasker,
  type SecretSources,
} from '../../../../src/sps/plugin/plugin-secrets.ts';

const pem = '-----BEGIN PRIVATE KEY-----\nMIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7\n-----END PRIVATE KEY-----';

function object(text: string): JsonObject {
  const value = parseExactJson(text);
  if (!isJsonObject(value)) throw new Error('not an object');
  return value;
}

function valuesOf(sources: SecretSources): string[] {
  return collectPluginSecrets(sources).values;
}

describe('collectPluginSecrets', () => {
  test('finds nothing where there is nothing', () => {
    expect(valuesOf({})).toEqual([]);
    expect(valuesOf({ configuration: '[a]\nb = c', kwargs: { cookie: {} }, result: null })).toEqual([]);
  });

  test.each([
    ['gateway_password', { gateway_password: 'Geheim' }, ['Geheim']],
    ['an empty gateway_password', { gateway_password: '' }, []],
    [
      'fields of the login name',
      { key_value_pairs: { gu: 'me', otp: '1', password: '2', vp: '3', rp: '4', token: '5', radius_password: '6' } },
      ['1', '2', '3', '4', '5', '6'],
    ],
    ['an answer that is a number', { key_value_pairs: { otp: 123456 } }, ['123456']],
    ['a private key anywhere', { cookie: { note: `see ${pem}.` } }, [pem]],
    ['nothing else', { server_username: 'root', cookie: { passwords: ['x'], token: 'y' }, password: 'z' }, []],
  ])('finds %s in arguments', (_name, kwargs, secrets) => {
    expect(valuesOf({ kwargs })).toEqual(secrets);
  });

  test.each([
    ['passwords', { passwords: ['a', 'b', 'a'] }, ['a', 'b']],
    ['keys but not their types', { private_keys: [['ssh-rsa', 'k1'], ['ssh-dss', 'k2'], 'k3'] }, ['k1', 'k2', 'k3']],
    ['codes but not their times', { totp_codes: [{ unix_time: 1700000010, period: 30, code: '000000' }] }, ['000000']],
    ['nothing in other codes', { code: 'a', account: 'b' }, []],
    ['nothing in a malformed result', 'passwords', []],
  ])('finds %s in results', (_name, result, secrets) => {
    expect(valuesOf({ result })).toEqual(secrets);
  });

  test('keeps the digits of long numbers', () => {
    expect(valuesOf({ kwargs: object('{"key_value_pairs":{"otp":12345678901234567890}}') })).toEqual([
      '12345678901234567890',
    ]);
  });

  test('takes answers to questions with echo off', () => {
    expect(
      valuesOf({
        answers: [
          { key: 'pin', value: '12' },
          { key: 'otp', value: '' },
        ],
      }),
    ).toEqual(['12']);
  });

  test('takes what is marked by name, wherever it stands', () => {
    const secrets = valuesOf({
      names: ['Ticket', 'state', 'vault.address', 'other.address'],
      configuration: '[vault]\naddress = https://a\n[safe]\naddress = https://b\n[x]\nTICKET: t0\nstate = $',
      kwargs: { ticket: 't1', key_value_pairs: { ticket: 't2' }, cookie: { state: { a: 's1', b: [7, true] } } },
      result: { cookie: { inner: { ticket: 't3' } } },
      cookies: [{ ticket: 't4', token: 'no' }],
    });
    expect(secrets.sort()).toEqual(['7', 'https://a', 's1', 't0', 't1', 't2', 't3', 't4']);
  });

  test.each([
    'password',
    'passwd',
    'client_secret',
    'api_key',
    'apikey',
    'api-key',
    'vault_token',
    'key',
    'pin',
    'passphrase',
    'bind_pass',
    'secret_id',
    'Secret',
    'userPassword',
    'private_key',
    'pwd',
    'shared_secret',
    'a.b-masterkey',
    'x'.repeat(1000) + '_token',
  ])('takes the option %s', (name) => {
    expect(valuesOf({ configuration: `[a]\n${name} = v1` })).toEqual(['v1']);
  });

  test.each([
    'password_field',
    'key_field',
    'token_url',
    'key_file',
    'password_prompt',
    'public_key',
    'host_key',
    'keyboard',
    'bypass',
    'use_credential',
    'tokenless',
    'monkey',
    'secret_name',
    'question_key',
    'spinning',
    'access_key_id',
    'address',
    'ttl',
  ])('leaves the option %s', (name) => {
    expect(valuesOf({ configuration: `[a]\n${name} = v1` })).toEqual([]);
  });

  test.each(['$', '$$', '$[corp]', '', 'yes', 'No'])('leaves the value %j', (value) => {
    expect(valuesOf({ configuration: `[a]\npassword = ${value}` })).toEqual([]);
  });

  test.each([
    ['delimiters', '[a]\npassword:v1\nsecret = v:2=3', ['v1', 'v:2=3']],
    ['comments', '[a]\n# password = v1\n  ; secret = v2\ntoken = v3 ; v4', ['v3 ; v4']],
    ['Windows line ends', '[a]\r\npassword = v1\r\n', ['v1']],
    ['lines that go on', '[a]\nkey = l1\n l2\n\n  # no\n  password = l3\nb = c', ['l1\nl2\n\npassword = l3']],
    ['percent signs', '[a]\npassword = 50%%', ['50%%', '50%']],
    [
      'other options put in',
      '[DEFAULT]\nx = 1\n[a]\ny = 2\npassword = %(x)s-%(Y)s-%(z)s',
      ['%(x)s-%(Y)s-%(z)s', '1-2-%(z)s'],
    ],
    ['options that refer to each other', '[a]\npassword = %(password)s', ['%(password)s']],
    ['text without a section', 'password = v1\n[a', ['v1']],
    ['lists', '[a]\ntokens = v1, v2', ['v1, v2', 'v1', 'v2']],
    ['names of answers', '[question_1]\nkey = username', []],
    ['private keys under any name', `[a]\nclient_cert = CERT\n ${pem.replaceAll('\n', '\n ')}`, [pem]],
  ])('reads %s as ConfigParser does', (_name, configuration, secrets) => {
    expect(valuesOf({ configuration })).toEqual(secrets);
  });
});

test('the name of an option may be as long as it likes', () => {
  for (const unit of ['_a', '_', 'a', 'password', 'pub', 'public_', '.', 'key']) {
    const configuration = `[a]\n${unit.repeat(100_000)}! = v1`;
    expect(valuesOf({ configuration })).toEqual([]);
  }
});

describe('createPluginMasker', () => {
  test('masks short values in their own field and long ones everywhere', () => {
    const masker = createPluginMasker(['pw', 'hunter22']);
    expect(masker.json({ gateway_password: 'pw', server_username: 'pw', asset: 'x hunter22' })).toEqual({
      gateway_password: '***',
      server_username: 'pw',
      asset: 'x ***',
    });
    expect(masker.text('pw hunter22')).toBe('pw ***');
  });

  test('masks the secret fields of arguments and results, whatever their type', () => {
    const masked = createPluginMasker([]).json({
      key_value_pairs: { otp: 12, vp: 'a', gu: 'me' },
      passwords: ['a', 'b'],
      private_keys: [['ssh-rsa', 'k'], 'k'],
      totp_codes: [{ unix_time: 1, period: 30, code: '0' }],
      gateway_password: null,
    });
    expect(masked).toEqual({
      key_value_pairs: { otp: '***', vp: '***', gu: 'me' },
      passwords: ['***', '***'],
      private_keys: [['ssh-rsa', '***'], '***'],
      totp_codes: [{ unix_time: 1, period: 30, code: '***' }],
      gateway_password: null,
    });
  });

  test('goes by the marked names alone in cookies', () => {
    const cookie = { passwords: ['a'], ticket: 'b', 'hunter22 seen': 'hunter22' };
    expect(createPluginMasker(['hunter22'], ['ticket']).json({ cookie, session_cookie: cookie })).toEqual({
      cookie: { passwords: ['a'], ticket: '***', '*** seen': '***' },
      session_cookie: { passwords: ['a'], ticket: '***', '*** seen': '***' },
    });
  });

  test('keeps names of the contract when a secret is spelled the same', () => {
    const masker = createPluginMasker(['passwords', 'otp=', 'account']);
    expect(masker.json({ passwords: ['passwords'], account: 'account', accounts: 1 })).toEqual({
      passwords: ['***'],
      account: '***',
      '***s': 1,
    });
  });

  test('masks a private key that nobody told of', () => {
    expect(createPluginMasker([]).json({ reason: `bad key ${pem}` })).toEqual({ reason: 'bad key ***\n***\n***' });
  });

  test('masks what was collected', () => {
    const kwargs = { gateway_password: 'pa"ss', cookie: { echoed: 'pa"ss' } };
    const masker = createPluginMasker(valuesOf({ kwargs }));
    expect(masker.text(`ERROR ${JSON.stringify(kwargs)}`)).toBe(
      'ERROR {"gateway_password":"***","cookie":{"echoed":"***"}}',
    );
  });
});
