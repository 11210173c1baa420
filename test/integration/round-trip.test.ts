import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Json, openPlugin, openSession, type OpenedSession } from '../../src/index.ts';
import { runs } from '../thorough.ts';
import {
  callFixture,
  fixture,
  type Language,
  languages,
  makeFolder,
  python,
  runHost,
  runCommand,
  invokeArguments,
} from './fixture.ts';

const valuesPerCall = 200;

async function openFixtureSession(
  behaviour: string,
  language: Language,
): Promise<OpenedSession & { stop: () => Promise<void> }> {
  const credentialstore = await openPlugin(fixture(behaviour, language), { python, processes: 'cold' });
  const session = await openSession({ credentialstore });
  const stop = async (): Promise<void> => {
    await session.close();
    await credentialstore.close();
  };
  return { ...session, stop };
}

/** Not as a literal: what it is given here is no argument of it. */
const hook: string = 'get_password_list';

describe.each(languages)('a cookie of a %s plugin', (language) => {
  test('survives any JSON', async () => {
    const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: valuesPerCall, maxLength: valuesPerCall }), async (values) => {
        const session = await openFixtureSession('puts-into-cookie', language);
        try {
          const server_username = JSON.parse(JSON.stringify(values)) as Json; // no -0, which JSON.stringify cannot write
          const first = await session.call(hook, { server_username });
          expect(first.outcome.kind).toBe('returned');
          expect(first.cookie.after['kept']).toStrictEqual(server_username);
          const second = await session.call(hook, { server_username });
          expect(second.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['same'] } });
          expect(second.cookie.before['kept']).toStrictEqual(server_username);
          expect(second.cookie.after['kept']).toStrictEqual(server_username);
        } finally {
          await session.stop();
        }
      }),
      { numRuns: runs(5), endOnFailure: true },
    );
  });

  test('is a copy: what a hook does to its arguments is gone with it', async () => {
    const kwargs = { key_value_pairs: { otp: '123456' } };
    const cookie = { kept: 1 };
    const record = await callFixture('changes-its-arguments', kwargs, { language, hook: 'authenticate', cookie });
    expect(record).toMatchObject({
      verdict: 'ACCEPT',
      cookie: { after: { kept: 1 } },
      kwargs: { cookie: { kept: 1 } },
    });
    expect(record.cookie.after).not.toHaveProperty('changed');
    expect(cookie).toEqual({ kept: 1 });
  });
});

test('Python finds in its cookie what JSON made of it: lists for tuples, texts for keys, every number as it was', async () => {
  const session = await openFixtureSession('keeps-what-json-cannot', 'python');
  try {
    const { cookie } = await session.call('get_password_list');
    expect(Object.keys(cookie.after)).toEqual(['numbers', 'order', 'texts', 'keys', 'tuple']);
    const { outcome } = await session.call('get_password_list');
    const numbers = `'numbers': {'int': 1, 'float': 1.0, 'huge': 1${'0'.repeat(400)}, 'tiny': 1e-320, 'minus': -0.0}`;
    const order = "'order': {'z': 1, 'a': 2, '10': 3, '9': 4}";
    const texts = String.raw`'texts': {'surrogate': '\ud800', '\udfff': 'key', '__proto__': {'polluted': True}, 'nul': '\x00'}`;
    const keys = "'keys': {'1': 'one', 'null': 'none', 'false': 'false', '1.5': 'float'}";
    const expected = `{${[numbers, order, texts, keys].join(', ')}, 'tuple': [1, [2]]}`;
    expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: [expected] } });
  } finally {
    await session.stop();
  }
});

test('TypeScript finds in its cookie what JSON made of it', async () => {
  const session = await openFixtureSession('keeps-what-json-cannot', 'typescript');
  try {
    await session.call('get_password_list');
    const { outcome } = await session.call('get_password_list');
    const texts = String.raw`{"surrogate":"\ud800","\udfff":"key","__proto__":{"polluted":true},"nul":"\u0000"}`;
    const expected = `{"order":{"z":1,"a":2,"B":3},"texts":${texts},"tiny":5e-324,"large":9007199254740992}`;
    expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: [expected] } });
    expect({}).not.toHaveProperty('polluted');
  } finally {
    await session.stop();
  }
});

test.each(languages)(
  'the command line carries numbers of any size to a %s plugin that keeps its cookie, and into a stored session',
  async (language) => {
    const state = makeFolder();
    const cookie = '{"z":12345678901234567890123456789012345678901,"a":1.0,"e":1e5,"10":-0.0,"s":"\\ud800"}';
    const call = [
      ...invokeArguments('takes-time', { language }),
      '--set',
      'server_port=0',
      '--session',
      'numbers',
      '--state',
      state,
    ];
    const first = await runHost(...call, '--cookie', cookie);
    expect(first.exitCode).toBe(0);
    const second = await runCommand([...call, '--json', '--show-secrets']);
    expect(second.stdout).toContain('"z": 12345678901234567890123456789012345678901,');
    expect(second.stdout).toContain('"a": 1.0,');
    expect(second.stdout).toContain('"e": 1e5,');
    expect(second.stdout).toContain('"10": -0.0,');
    expect(second.stdout).toContain(String.raw`"s": "\ud800"`);
  },
);

test('the arguments of a call reach Python as they were written', async () => {
  const { stdout, exitCode } = await runHost(
    ...invokeArguments('keeps-what-json-cannot'),
    '--cookie',
    '{"b": 100000000000000000000000001, "a": 2.50, "10": 1, "9": 2}',
    '--show-secrets',
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain("{'b': 100000000000000000000000001, 'a': 2.5, '10': 1, '9': 2}");
});
