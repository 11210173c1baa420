import { describe, expect, test } from 'vitest';
import { runScript } from '../run-script.ts';

const write = (expression: string): object => ({ WriteResponseObject: { Value: `%{ ${expression} }%` } });
const done = { Return: { Value: true } };

/** What steps write as the response, or the message of their error. */
async function outcomeOf(steps: readonly object[]): Promise<unknown> {
  const { error, response } = await runScript({ steps: [...steps, done], isMasked: false });
  return error === null ? response : error.message;
}

describe('SetItem and Declare', () => {
  test.each([
    [[{ Declare: { Name: 'X' } }, write('X == null')], true],
    [[{ Declare: { Name: 'X', Value: 3 } }, write('X + 1')], 4],
    [[{ SetItem: { Name: 'X', Value: 1.5 } }, write('X * 2')], 3],
    [[{ SetItem: { Name: 'X', Value: 'kept' } }, { SetItem: 'X' }, write('X')], 'kept'],
    [[{ SetItem: 'X' }, write('X == null')], true],
    [[{ SetItem: { Name: 'X', Value: { a: [1, '%{ 1 + 1 }%'] } } }, write('X.a[1]')], 2],
  ])('%j gives %j', async (steps, expected) => {
    expect(await outcomeOf(steps)).toEqual(expected);
  });

  test.each([{ IsSecret: true }, { Type: 'secret' }])('with %j the value is masked', async (more) => {
    const { log } = await runScript({
      steps: [{ SetItem: { Name: 'X', Value: 'abcd1234', ...more } }, { Log: { Text: 'it is %X%' } }, done],
    });
    expect(log[0]?.text).toBe('it is **secret**');
  });
});

describe('Split', () => {
  const split = (more: object): object => ({
    Split: { Source: 'a,b;;c', DelimiterChars: [',', ';'], ResultVariableName: 'P', ...more },
  });

  test.each([
    [{}, 'a|b||c'],
    [{ RemoveEmptyEntries: true }, 'a|b|c'],
    [{ DelimiterChars: ['-'] }, 'a,b;;c'],
    [{ Source: '' }, ''],
    [{ Source: null }, 'Command Split failed with an error: expression refers to null variable: Source'],
  ])('%j', async (more, expected) => {
    expect(await outcomeOf([split(more), write('String.Join("|", P)')])).toBe(expected);
  });

  test('of a secret makes secrets', async () => {
    const { log } = await runScript({
      steps: [
        { SetItem: { Name: 'S', Value: 'first1,second2', IsSecret: true } },
        split({ Source: '%S%' }),
        { Log: { Text: '%{ P[1] }%' } },
        done,
      ],
    });
    expect(log[0]?.text).toBe('**secret**');
  });
});

describe('UrlEncode and UrlDecode', () => {
  test.each([
    ['a b&ü/(*)', 'a%20b%26%C3%BC%2F%28%2A%29'],
    ["-._~!'", '-._~%21%27'],
  ])('%s becomes %s and back', async (text, encoded) => {
    expect(
      await outcomeOf([
        { UrlEncode: { Source: text, ResultVariable: 'E' } },
        { UrlDecode: { Source: '%E%', ResultVariable: 'D' } },
        write('E + "|" + D'),
      ]),
    ).toBe(`${encoded}|${text}`);
  });

  test('a plus is a blank, and what is no escape stays', async () => {
    expect(await outcomeOf([{ UrlDecode: { Source: 'a+b%2', ResultVariable: 'D' } }, write('D')])).toBe('a b%2');
  });

  test.each(['UrlEncode', 'UrlDecode'])('%s of null is an error', async (verb) => {
    expect(await outcomeOf([{ [verb]: { Source: null, ResultVariable: 'E' } }])).toBe(
      `Command ${verb} failed with an error: expression refers to null variable: Source`,
    );
  });

  test('the result of a secret, or with IsSecret, is masked', async () => {
    const { log } = await runScript({
      steps: [
        { UrlEncode: { Source: 'abcd 1234', ResultVariable: 'E', IsSecret: true } },
        { Log: { Text: '%E%' } },
        done,
      ],
    });
    expect(log[0]?.text).toBe('**secret**');
  });
});

describe('hashes of passwords', () => {
  const compare = (verb: string, password: string, hash: string): object[] => [
    { [verb]: { Password: password, SaltedHash: hash, ResultVariable: 'R' } },
    write('R'),
  ];
  const sha512 = '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1';

  test.each(['CompareShadowHash', 'ComparePasswordHash', 'CompareUnixPasswordHash'])(
    '%s takes a line or a hash',
    async (verb) => {
      expect(await outcomeOf(compare(verb, 'Hello world!', `svc:${sha512}:19000:0:99999:7:::\r\n$ `))).toBe(true);
      expect(await outcomeOf(compare(verb, 'Hello world!', sha512))).toBe(true);
      expect(await outcomeOf(compare(verb, 'Hello', sha512))).toBe(false);
      expect(await outcomeOf(compare(verb, '', 'svc:!:19000:0:99999:7:::'))).toBe(false);
    },
  );

  test('what CryptMd5 makes has a salt of eight letters and matches', async () => {
    const steps = [
      { CryptMd5: { Source: 'pass-Word1', ResultVariable: 'H' } },
      ...compare('ComparePasswordHash', 'pass-Word1', '%H%'),
    ];
    expect(await outcomeOf(steps)).toBe(true);
    expect(await outcomeOf([...steps, write('H')])).toMatch(/^\$1\$[./\w]{8}\$[./\w]{22}$/);
  });

  test('of a format that nobody knows is an error', async () => {
    expect(await outcomeOf(compare('ComparePasswordHash', 'x', '$nope$1'))).toContain('of a format that is not known');
  });

  test('CompareMacOsPasswordHash is not emulated', async () => {
    const { error } = await runScript({ steps: compare('CompareMacOsPasswordHash', 'x', 'y') });
    expect(error?.code).toBe('NOT_EMULATED');
  });
});

describe('records', () => {
  test('have what was given, under names that begin with a small letter', async () => {
    const { discovered } = await runScript({
      steps: [
        {
          WriteDiscoveredService: {
            ServiceName: 'w3',
            DisplayName: 'Web',
            Account: 'svc',
            ServiceType: 'WinService',
            Enabled: true,
          },
        },
        { WriteDiscoveredSshKey: { KeyType: 'ssh-ed25519', SshKey: 'AAAA', Comment: null, Options: 'no-pty' } },
        { WriteDiscoveredAsset: { Name: 'vm1', GuestOperatingSystem: 'Linux', Running: false, IpList: ['192.0.2.1'] } },
        {
          WriteDiscoveredAccount: {
            Name: 'alice',
            UserId: 1000,
            Groups: '%{ new List<DiscoveredGroup>() }%',
            Roles: ['r'],
          },
        },
        done,
      ],
    });
    expect(discovered).toEqual({
      services: [{ serviceName: 'w3', displayName: 'Web', account: 'svc', serviceType: 'WinService', enabled: true }],
      sshKeys: [{ keyType: 'ssh-ed25519', sshKey: 'AAAA', options: 'no-pty' }],
      assets: [{ name: 'vm1', guestOperatingSystem: 'Linux', running: false, ipList: ['192.0.2.1'] }],
      accounts: [{ name: 'alice', userId: 1000, groups: [], roles: ['r'] }],
    });
  });

  test('take the names of the template for a service, which is told', async () => {
    const { discovered, problems } = await runScript({
      steps: [
        { WriteDiscoveredService: { Name: 'w3', Description: 'Web', AccountName: 'svc', ServiceType: 'x' } },
        done,
      ],
    });
    expect(discovered.services).toEqual([{ serviceType: 'x', serviceName: 'w3', displayName: 'Web', account: 'svc' }]);
    expect(problems.map(({ code }) => code)).toEqual(['L02', 'L02', 'L02']);
  });
});

test('Wait takes a part of a second', async () => {
  const { durationMs, error } = await runScript({
    steps: [{ Wait: { Seconds: 0.05 } }, { Wait: { Seconds: '%{ 0 }%' } }, done],
  });
  expect(error).toBeNull();
  expect(durationMs).toBeGreaterThanOrEqual(45);
});
