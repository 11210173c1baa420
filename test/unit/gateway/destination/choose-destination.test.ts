import { describe, expect, test } from 'vitest';
import { chooseDestination, type DestinationRules } from '../../../../src/gateway/destination/choose-destination.ts';
import { loopbackOnly, parseTargetPattern } from '../../../../src/gateway/destination/target-pattern.ts';

const names: Record<string, string[]> = {
  'db.example': ['::1', '127.0.0.1'],
  'mixed.example': ['127.0.0.1', '10.0.0.1'],
};
const rules: DestinationRules = {
  isAllowed: loopbackOnly,
  lookUp: (name) => Promise.resolve(names[name] ?? []),
};

async function choose(login: string, given: Partial<DestinationRules> = {}): Promise<unknown> {
  const chosen = chooseDestination(login, { ...rules, ...given });
  return chosen.catch((error: unknown) => (error as { code?: string }).code);
}

describe('a login name', () => {
  test.each([
    ['root@127.0.0.1', { user: 'root', host: '127.0.0.1', ip: '127.0.0.1', port: 22 }],
    ['otp=1@root@127.0.0.1:2200', { user: 'root', port: 2200, pairs: { otp: '1' } }],
    ['root@[::1]:2200', { host: '::1', ip: '::1', port: 2200 }],
    ['root@db.example', { host: 'db.example', ip: '127.0.0.1' }],
    ['root@mixed.example', 'TARGET_NOT_ALLOWED'],
    ['root@10.0.0.1', 'TARGET_NOT_ALLOWED'],
    ['root@nowhere.example', 'TARGET_UNKNOWN'],
    ['root', 'TARGET_MISSING'],
    ['', 'TARGET_MISSING'],
    ['@127.0.0.1', 'USER_MISSING'],
    ['root@127.0.0.1:0', 'TARGET_NOT_ALLOWED'],
    [`${'x'.repeat(4090)}@127.0.0.1`, 'LOGIN_TOO_LONG'],
  ])('%s', async (login, expected) => {
    const chosen = await choose(login);
    if (typeof expected === 'string') expect(chosen).toBe(expected);
    else expect(chosen).toMatchObject(expected);
  });

  test('with one target for all, the same one is taken and another one refused', async () => {
    const target = { host: '10.0.0.5', port: 22 };
    expect(await choose('root', { target })).toMatchObject({ ip: '10.0.0.5' });
    expect(await choose('root@10.0.0.5', { target })).toMatchObject({ ip: '10.0.0.5' });
    expect(await choose('root@127.0.0.1', { target })).toBe('TARGET_NOT_ALLOWED');
  });

  test('what a policy has is taken when the login name has no destination', async () => {
    const fallback = { host: '127.0.0.1', port: 2200 };
    expect(await choose('root', { fallback })).toMatchObject({ port: 2200 });
    expect(await choose('root@127.0.0.1', { fallback })).toMatchObject({ port: 22 });
  });
});

test.each([
  ['*', '10.0.0.1', 22, true],
  ['10.0.*', '10.0.7.1', 22, true],
  ['10.0.*', '10.1.7.1', 22, false],
  ['*.example:22', 'db.example', 22, true],
  ['*.example:22', 'db.example', 2200, false],
  ['DB.example', 'db.EXAMPLE', 9, true],
  ['[::1]:22', '0:0::1', 22, true],
  ['[::1]', '::2', 22, false],
])('the pattern %s and %s:%s: %s', (pattern, host, port, expected) => {
  expect(parseTargetPattern(pattern)(host, port)).toBe(expected);
});

test.each(['', 'a:b', 'host:99999', '::1', '[::1'])('%j is no pattern', (text) => {
  expect(() => parseTargetPattern(text)).toThrow('is not a pattern');
});
