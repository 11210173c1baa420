import { describe, expect, test } from 'vitest';
import { callFixture, fixture, languages, python, runHost } from './fixture.ts';

interface CheckReport {
  problems: { level: string; code: string; file: string | null; line: number | null }[];
}

async function check(behaviour: string): Promise<string[]> {
  const { json } = await runHost<CheckReport>('check', fixture(behaviour), '--python', python);
  return json.problems.map(({ level, code, file, line }) => `${level} ${code} ${file}:${line}`);
}

describe.concurrent('a plugin that lets everybody in', () => {
  const lines = { python: 8, typescript: 2 };

  test.each(languages)('by a forgotten return in %s is told the line of the hook', async (language) => {
    const { verdict, problems } = await callFixture('lets-everybody-in', {}, { hook: 'authenticate', language });
    const file = language === 'python' ? 'main.py' : 'main.ts';
    expect({ verdict, problems }).toMatchObject({
      verdict: 'NONE',
      problems: [{ level: 'warning', code: 'RETURNED_NOTHING', file, line: lines[language] }],
    });
  });

  test('by a name that the base class does not know is told the name that it does', async () => {
    const { verdict, problems } = await callFixture('sdk-hook-is-misspelt', {}, { hook: 'authenticate' });
    expect({ verdict, problems }).toMatchObject({
      verdict: 'ACCEPT',
      problems: [{ level: 'warning', code: 'SDK_HOOK_MISSING', file: 'main.py', line: 6 }],
    });
    expect(await check('sdk-hook-is-misspelt')).toEqual(['warning SDK_HOOK_MISSING main.py:6']);
  });

  test('is told so before a call', async () => {
    expect(await check('lets-everybody-in')).toEqual([
      'warning RETURNED_NOTHING main.py:8',
      'warning VERDICT_THROWN_AWAY main.py:10',
    ]);
  });
});

test('a hook that nobody awaits is told so before and in a call, and its log is its own', async () => {
  const { outcome, problems } = await callFixture('hook-is-async', {}, { hook: 'authenticate' });
  expect(outcome).toMatchObject({ kind: 'malformed', problem: expect.stringContaining('async def'), log: '' });
  expect(problems).toMatchObject([{ level: 'error', code: 'HOOK_IS_ASYNC', file: 'main.py', line: 8 }]);
  expect(await check('hook-is-async')).toEqual(['error HOOK_IS_ASYNC main.py:8']);
});
