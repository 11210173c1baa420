import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type OpenedPlugin, openPlugin, type PluginOptions } from '../../src/index.ts';
import { ask, askOnce, configure, recordOf, sdkPython, withSdk } from './configured-fixture.ts';
import { languages, makeFolder, problemsOf, python, startHost } from './fixture.ts';

const folder = makeFolder();
const keyFile = path.join(folder, 'key.pem');
const caFile = path.join(folder, 'ca.pem');
let key = '';
let ca = '';

beforeAll(() => {
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=acme', '-keyout', keyFile];
  execFileSync('openssl', [...request, '-out', caFile], { stdio: 'ignore' });
  [key, ca] = [keyFile, caFile].map((file) => readFileSync(file, 'utf8')) as [string, string];
});

const services = `services:
  credentialStores:
    local:
      - host: okta
        user: api_key
        passwords: [first-secret, second-secret]
        privateKeys: [{type: ssh-rsa, file: ${keyFile}}]
        certificates: [{certFile: ${caFile}, keyFile: ${keyFile}}]
      - {host: constructor, user: toString, passwords: [odd]}
  userLists: {vips: {default: none, except: [wsmith]}, guests: {default: all, except: [wsmith]}}
  ldapServers:
    ad:
      users: {wsmith: {Mail: w@acme.test, uid: 1000, memberOf: [a, 2], photo: {base64: /9j/}, note: {base64: w7w=}}}
      groups: {dba: [wsmith], dev: []}
    empty: {}
  trustedCaLists: {corp: {certs: [{file: ${caFile}}], crls: ["http://acme.test/crl"], strictHostcheck: true}}
  box: {gatewayFqdn: scb.acme.test, starlingJoin: joined-so, httpProxy: {server: proxy.acme.test, username: me, password: mine}}
  rest:
    /configuration/aaa: {items: [1]}
    /configuration/aaa/settings: {require: {deep: true}}
  hosts: {10.0.0.5: [db.acme.test, db], 10.0.0.6: one.acme.test}
`;
const config = '[okta]\napi_key=$\n[credential_store]\nname=local\n';

describe.each(languages)('the appliance of a plugin in %s', (language) => {
  const needsSdk = language === 'python';
  const title = 'provides';
  describe.skipIf(needsSdk && sdkPython === undefined)(needsSdk ? withSdk(title) : title, () => {
    const options: PluginOptions = { python: sdkPython ?? python, stateDir: path.join(folder, 'state'), config };
    let plugin: OpenedPlugin;
    let files = '';

    beforeAll(async () => {
      files = configure('asks-services', language, services);
      plugin = await openPlugin(files, options);
    });

    afterAll(async () => {
      await plugin.close();
    });

    test.each<[Json[], Json]>([
      [
        ['passwords', 'local', 'okta', 'api_key'],
        ['first-secret', 'second-secret'],
      ],
      [['passwords', 'local', 'constructor', 'toString'], ['odd']],
      [['passwords', 'local', 'okta', 'nobody'], []],
      [['passwords', 'local', 'nowhere', 'api_key'], []],
      [['passwords', 'other', 'okta', 'api_key'], 'raised LocalCredentialStoreNotFound'],
      [['user_list', 'vips', 'wsmith'], true],
      [['user_list', 'vips', 'WSmith'], false],
      [['user_list', 'guests', 'wsmith'], false],
      [['user_list', 'guests', 'anyone'], true],
      [['user_list', 'other', 'wsmith'], 'raised LocalUserListNotFound'],
      [['attribute', 'ad', 'wsmith', 'mail'], ['w@acme.test']],
      [['attribute', 'ad', 'wsmith', 'UID'], ['1000']],
      [
        ['attribute', 'ad', 'wsmith', 'memberof'],
        ['a', '2'],
      ],
      [['attribute', 'ad', 'wsmith', 'note'], ['ü']],
      [['attribute', 'ad', 'wsmith', 'photo'], 'raised LDAPOperationError'],
      [['attribute', 'ad', 'wsmith', 'none'], []],
      [['attribute', 'ad', 'nobody', 'mail'], 'raised LDAPUserNotFound'],
      [['attribute', 'empty', 'wsmith', 'mail'], 'raised LDAPOperationError'],
      [['attribute', 'other', 'wsmith', 'mail'], 'raised LDAPOperationError'],
      [['groups', 'ad', 'wsmith', ['dba', 'dev', 'none']], ['dba']],
      [['box'], ['scb.acme.test', 'joined-so', ['proxy.acme.test', 3128, 'me', 'mine']]],
      [['query', '/api/configuration/aaa'], { items: [1] }],
      [['query', '/api/configuration/aaa/settings/'], { require: { deep: true } }],
      [['query', 'api/configuration/aaa/settings/require/deep'], true],
      [
        ['query', '/api/configuration/none/below'],
        {
          error: {
            type: 'ResourceNotFound',
            message: 'Resource was not found',
            details: { mount_point: '/', resource: 'none' },
          },
        },
      ],
      [
        ['hosts', '10.0.0.5'],
        ['db.acme.test', 'db'],
      ],
      [['hosts', '10.0.0.6'], ['one.acme.test']],
      [['hosts', '10.0.0.7'], []],
      [['hosts', 'name.acme.test'], ['name.acme.test']],
    ])('%j', async (question, answer) => {
      expect(await ask(plugin, ...question)).toEqual(answer);
    });

    test('keys, certificates and trusted CA lists as the SDK has them', async () => {
      expect(await ask(plugin, 'keys', 'local', 'okta', 'api_key')).toEqual([{ type: 'ssh-rsa', key }]);
      expect(await ask(plugin, 'certificates', 'local', 'okta', 'api_key')).toEqual([
        { type: 'x509v3-sign-rsa', key, cert: ca },
      ]);
      expect(await ask(plugin, 'ca_list', 'corp')).toEqual({
        certs: [ca],
        crls: ['http://acme.test/crl'],
        strictHostcheck: true,
      });
    });

    test('nothing when nothing is configured', async () => {
      const bare = configure('asks-services', language);
      expect(await askOnce(bare, options, 'passwords', 'local', 'a', 'b')).toBe('raised LocalCredentialStoreNotFound');
      expect(await askOnce(bare, options, 'box')).toEqual([null, null, [null, null, null, null]]);
      expect(await askOnce(bare, options, 'query', '/api')).toMatchObject({ error: { type: 'ResourceNotFound' } });
    });

    test("services of the library's caller before those of the project file, one by one", async () => {
      const given = { ...options, services: { userLists: { vips: { default: 'all' as const } } } };
      expect(await askOnce(files, given, 'user_list', 'vips', 'anyone')).toBe(true);
      expect(await askOnce(files, given, 'user_list', 'guests', 'anyone')).toBe('raised LocalUserListNotFound');
      expect(await askOnce(files, given, 'hosts', '10.0.0.6')).toEqual(['one.acme.test']);
    });

    test('its secrets only masked', async () => {
      const run = startHost([
        ...['invoke', 'get_password_list', '-p', files, '--state', path.join(folder, 'state'), '--json'],
        ...['--python', sdkPython ?? python, '--cookie', '{"ask": ["passwords", "local", "okta", "api_key"]}'],
      ]);
      const { stdout, exitCode } = await run.ended;
      expect(exitCode).toBe(0);
      expect(stdout).toContain('"answer"');
      expect(stdout).not.toContain('secret');
    });

    test('a lock that only one holds, and a warning when its holder ends without letting go', async () => {
      expect(await ask(plugin, 'lock', 'good', false)).toBe('held');
      expect(await ask(plugin, 'lock', 'good', false)).toBe('held');
      const record = await recordOf(plugin, 'lock', 'bad', true);
      expect(problemsOf(record)).toEqual(['warning STALE_LOCK']);
      expect(record.problems[0]?.hint).toContain('bad.lock');
      expect(await ask(plugin, 'lock', 'bad', false)).toBe('raised TimeoutError');
    });

    test.each<[string, Json[], Json]>([
      ['ldapServers: down', ['attribute', 'ad', 'wsmith', 'mail'], 'raised LDAPOperationError'],
      ['ldapServers: [ad]', ['groups', 'ad', 'wsmith', ['dba']], 'raised LDAPOperationError'],
      ['ldapServers: [empty]', ['attribute', 'ad', 'wsmith', 'mail'], ['w@acme.test']],
      ['userLists: missing', ['user_list', 'vips', 'wsmith'], 'raised LocalUserListNotFound'],
      ['userLists: [vips]', ['user_list', 'vips', 'wsmith'], 'raised LocalUserListNotFound'],
      ['userLists: [guests]', ['user_list', 'vips', 'wsmith'], true],
      [
        'rest: 500',
        ['query', '/api/configuration/aaa'],
        {
          error: {
            type: 'InternalError',
            message: 'An unexpected error occurred',
            details: { resource: '/api/configuration/aaa' },
          },
        },
      ],
    ])('a bad day: %s', async (fault, question, answer) => {
      const unlucky = configure('asks-services', language, `${services}faults: {${fault}}\n`);
      expect(await askOnce(unlucky, options, ...question)).toEqual(answer);
    });
  });
});

describe.skipIf(sdkPython === undefined)(withSdk("the SDK's own ways to the appliance"), () => {
  const options: PluginOptions = {
    ...(sdkPython && { python: sdkPython }),
    stateDir: path.join(folder, 'state'),
    config,
  };

  test('an option with the value $ is looked up in the credential store', async () => {
    const plugin = configure('asks-services', 'python', services);
    expect(await askOnce(plugin, options, 'option', 'okta', 'api_key')).toBe('first-secret');
  });

  test('a folder with hashed certificates that no other process touches', async () => {
    const plugin = configure('asks-services', 'python', services);
    expect(await askOnce(plugin, options, 'ca_folder', 'corp')).toEqual({
      isPrivate: true,
      files: [expect.stringMatching(/^[0-9a-f]{8}\.0$/)],
    });
  });
});

test('a call under a fault says so', async () => {
  const files = configure('asks-services', 'typescript', 'faults: {ldapServers: down, clock: +1h}\n');
  await using plugin = await openPlugin(files, { stateDir: path.join(folder, 'state') });
  const { problems } = await recordOf(plugin, 'user_list', 'none');
  expect(problems.map(({ message }) => message)).toEqual([
    'under a fault: all LDAP servers are down',
    'under a fault: the clock is 1 h ahead',
  ]);
});

test.each([
  [{ userLists: { vips: { default: 'some' } } }, 'services.userLists.vips.default must be one of all, none'],
  [
    { trustedCaLists: { corp: { certs: [{ file: 'none.pem' }] } } },
    'services.trustedCaLists.corp.certs.0.file: ENOENT',
  ],
])('services of the wrong shape are refused: %j', async (given, message) => {
  const plugin = configure('asks-services', 'typescript');
  await expect(openPlugin(plugin, { services: given as never })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(message),
  });
});
