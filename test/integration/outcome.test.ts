import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/index.ts';
import { languages, problemsOf } from './fixture.ts';
import { callShared } from './shared-fixture.ts';

const kept = { before: { kept: 1 }, after: { kept: 1 } };
const cookie = { kept: 1 };
const sessionCookie = { kept: 1 };

describe.concurrent.each(languages)('a %s plugin', (language) => {
  // What a reply means is one for both languages, and each reply of TypeScript has a process of Node.
  const ofReplies = language === 'python' ? {} : { tags: ['thorough'] };
  const exception = language === 'python' ? 'ValueError' : 'RangeError';

  test.each([
    { place: 'while it is imported', behaviour: 'raises-at-import', hook: 'get_password_list', phase: 'import' },
    {
      place: 'in its constructor',
      behaviour: 'raises-in-constructor',
      hook: 'get_password_list',
      phase: 'constructor',
    },
    { place: 'in a hook', behaviour: 'raises', hook: 'get_password_list', phase: 'hook' },
    { place: 'in authentication_completed', behaviour: 'raises', hook: 'authentication_completed', phase: 'hook' },
    { place: 'in session_ended', behaviour: 'raises', hook: 'session_ended', phase: 'hook' },
  ])('that raises $place is reported with its traceback and keeps the cookies', async ({ behaviour, hook, phase }) => {
    const record = await callShared(behaviour, {}, { language, hook, cookie, sessionCookie });
    expect(record.outcome).toMatchObject({ kind: 'raised', exception, message: 'no luck', phase, truncated: false });
    expect(record.outcome).toHaveProperty(
      'traceback',
      expect.stringContaining(`main.${language === 'python' ? 'py' : 'ts'}`),
    );
    expect(record).toMatchObject({ verdict: null, cookie: kept, sessionCookie: kept });
    expect(problemsOf(record)).toEqual(phase === 'constructor' ? ['warning CONFIGURATION_EMPTY'] : []);
  });

  test('that raises an exception of its own is reported by the name of its class', async () => {
    const { outcome } = await callShared('raises', { server_username: 'own' }, { language });
    expect(outcome).toMatchObject({
      kind: 'raised',
      exception: language === 'python' ? 'client.VaultError' : 'VaultError',
    });
  });

  test('shows none of the host in a traceback', async () => {
    const { outcome } = await callShared('raises', {}, { language });
    expect(outcome).toHaveProperty('traceback', expect.not.stringContaining('shim'));
  });

  test.each([
    { returned: [], hook: 'authenticate' },
    { returned: ['ACCEPT'], hook: 'authenticate' },
    { returned: 'ACCEPT', hook: 'authorize' },
    { returned: '', hook: 'authorize' },
    { returned: true, hook: 'authenticate' },
    { returned: 0, hook: 'authenticate' },
    { returned: 0, hook: 'authorize' },
  ])('that returns $returned from $hook returned no mapping', ofReplies, async ({ returned, hook }) => {
    const record = await callShared('returns-as-told', { server_username: returned }, { language, hook, cookie });
    expect(record).toMatchObject({
      outcome: { kind: 'malformed', phase: 'reply', reply: JSON.stringify(returned) },
      verdict: null,
      cookie: kept,
    });
    expect(problemsOf(record)).toEqual(['error RESULT_NOT_A_MAPPING']);
  });

  test.each(['get_password_list', 'authentication_completed'])(
    'that returns a list from %s returned no mapping',
    async (hook) => {
      const record = await callShared('store-returns-as-told', { server_username: [] }, { language, hook });
      expect(record.outcome.kind).toBe('malformed');
      expect(problemsOf(record)).toContain('error RESULT_NOT_A_MAPPING');
    },
  );

  test.each(
    language === 'python'
      ? ['bytes', 'set', 'cycle', 'NaN', 'Infinity', 'object', 'tuple as a key']
      : ['Buffer', 'Set', 'Map', 'BigInt', 'Date', 'cycle', 'NaN', 'Infinity', 'function', 'symbol'],
  )('that returns what JSON cannot carry, %s, is malformed', async (server_username) => {
    const record = await callShared('returns-not-json', { server_username }, { language, cookie });
    expect(record).toMatchObject({ outcome: { kind: 'malformed', phase: 'reply', truncated: false }, cookie: kept });
    expect(problemsOf(record)).toEqual(['error RESULT_NOT_JSON']);
  });

  test('may return the same value twice', async () => {
    const record = await callShared('returns-shared-value', {}, { language });
    expect(record).toMatchObject({
      outcome: { kind: 'returned' },
      cookie: { after: { a: ['same'], b: ['same'] } },
      problems: [],
    });
  });

  test('that returns what JSON cannot carry from session_ended gets a warning only', async () => {
    const record = await callShared('returns-not-json', {}, { language, hook: 'session_ended' });
    expect(record.outcome.kind).toBe('returned');
    expect(problemsOf(record)).toEqual(['warning RESULT_NOT_JSON']);
  });

  test('that returns a list from session_ended gets a warning only', async () => {
    const record = await callShared('returns-as-told', { server_username: [1] }, { language, hook: 'session_ended' });
    expect(record.outcome.kind).toBe('returned');
    expect(problemsOf(record)).toContain('warning RESULT_NOT_A_MAPPING');
  });

  test('that returns a cookie from session_ended changes nothing', async () => {
    const server_username = { cookie: { changed: 1 }, session_cookie: { changed: 1 } };
    const record = await callShared(
      'returns-as-told',
      { server_username },
      { language, hook: 'session_ended', cookie, sessionCookie },
    );
    expect(record).toMatchObject({ outcome: { kind: 'returned' }, verdict: null, cookie: kept, sessionCookie: kept });
  });

  test.each<{ hook: string; result: JsonObject | null; code: string }>([
    { hook: 'authenticate', result: {}, code: 'VERDICT_MISSING' },
    { hook: 'authenticate', result: { cookie: {} }, code: 'VERDICT_MISSING' },
    { hook: 'authorize', result: {}, code: 'VERDICT_MISSING' },
    { hook: 'authorize', result: null, code: 'VERDICT_MISSING' },
    { hook: 'authorize', result: { verdict: 'NONE' }, code: 'VERDICT_MISSING' },
    { hook: 'authenticate', result: { verdict: 'accept' }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authorize', result: { verdict: 'Deny' }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authenticate', result: { verdict: 'ALLOW' }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authenticate', result: { verdict: 'ACCEPT ' }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authorize', result: { verdict: true }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authenticate', result: { verdict: ['ACCEPT'] }, code: 'VERDICT_UNKNOWN' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO' }, code: 'QUESTION_MALFORMED' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: null }, code: 'QUESTION_MALFORMED' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: [] }, code: 'QUESTION_MALFORMED' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: ['otp'] }, code: 'QUESTION_MALFORMED' },
    {
      hook: 'authorize',
      result: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', true, 1] },
      code: 'QUESTION_MALFORMED',
    },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: 'otp' }, code: 'QUESTION_MALFORMED' },
    {
      hook: 'authenticate',
      result: { verdict: 'NEEDINFO', question: { key: 'otp', prompt: 'OTP: ' } },
      code: 'QUESTION_MALFORMED',
    },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: [1, 'OTP: '] }, code: 'QUESTION_MALFORMED' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: ['otp', null] }, code: 'QUESTION_MALFORMED' },
    {
      hook: 'authorize',
      result: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', 'yes'] },
      code: 'QUESTION_MALFORMED',
    },
    {
      hook: 'authenticate',
      result: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', 1] },
      code: 'QUESTION_MALFORMED',
    },
    { hook: 'authenticate', result: { verdict: 'ACCEPT', cookie: [] }, code: 'COOKIE_NOT_A_MAPPING' },
    { hook: 'authenticate', result: { verdict: 'ACCEPT', cookie: 'text' }, code: 'COOKIE_NOT_A_MAPPING' },
    { hook: 'authorize', result: { verdict: 'ACCEPT', session_cookie: 0 }, code: 'COOKIE_NOT_A_MAPPING' },
    {
      hook: 'authorize',
      result: { verdict: 'ACCEPT', cookie: {}, session_cookie: false },
      code: 'COOKIE_NOT_A_MAPPING',
    },
  ])('that returns $result from $hook is malformed: $code', ofReplies, async ({ hook, result, code }) => {
    const record = await callShared(
      'returns-as-told',
      { server_username: result },
      { language, hook, cookie, sessionCookie },
    );
    expect(record).toMatchObject({
      outcome: { kind: 'malformed', phase: 'reply', reply: JSON.stringify(result) },
      verdict: null,
      cookie: kept,
      sessionCookie: kept,
    });
    expect(problemsOf(record)).toEqual([`error ${code}`]);
  });

  test.each<{ hook: string; result: JsonObject | null; verdict: string }>([
    { hook: 'authenticate', result: null, verdict: 'NONE' },
    { hook: 'authenticate', result: { verdict: 'NONE' }, verdict: 'NONE' },
    { hook: 'authenticate', result: { verdict: 'ACCEPT' }, verdict: 'ACCEPT' },
    { hook: 'authorize', result: { verdict: 'DENY', reason: 'no' }, verdict: 'DENY' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: ['otp', ''] }, verdict: 'NEEDINFO' },
    { hook: 'authenticate', result: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', false] }, verdict: 'NEEDINFO' },
    { hook: 'authorize', result: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', true] }, verdict: 'NEEDINFO' },
  ])('that returns $result from $hook gives the verdict $verdict', ofReplies, async ({ hook, result, verdict }) => {
    const record = await callShared(
      'returns-as-told',
      { server_username: result },
      { language, hook, cookie, sessionCookie },
    );
    expect(record).toMatchObject({
      outcome: { kind: 'returned', value: result, phase: 'reply' },
      verdict,
      cookie: kept,
      sessionCookie: kept,
    });
    expect(problemsOf(record)).toEqual(result === null ? ['warning RETURNED_NOTHING'] : []);
  });

  test('replaces a cookie, keeps the one that it leaves out', async () => {
    const server_username = { verdict: 'ACCEPT', cookie: { other: 2 } };
    const record = await callShared(
      'returns-as-told',
      { server_username },
      { language, hook: 'authenticate', cookie, sessionCookie },
    );
    expect(record).toMatchObject({ cookie: { after: { other: 2 } }, sessionCookie: kept });
    expect(record.cookie.after).not.toHaveProperty('kept');
  });

  test.each(['cookie', 'session_cookie'])('that returns None as %s keeps the old one and is warned', async (name) => {
    const server_username = { verdict: 'ACCEPT', [name]: null };
    const record = await callShared(
      'returns-as-told',
      { server_username },
      { language, hook: 'authenticate', cookie, sessionCookie },
    );
    expect(record).toMatchObject({
      outcome: { kind: 'returned' },
      verdict: 'ACCEPT',
      cookie: kept,
      sessionCookie: kept,
    });
    expect(problemsOf(record)).toEqual(['warning COOKIE_NULL']);
  });

  test.each(['get_password_list', 'get_private_key_list', 'authentication_completed', 'session_ended'])(
    'may return nothing from %s',
    async (hook) => {
      const record = await callShared('store-returns-as-told', { server_username: null }, { language, hook, cookie });
      expect(record).toMatchObject({ outcome: { kind: 'returned', value: null }, verdict: null, cookie: kept });
    },
  );

  test.each([
    { how: language === 'python' ? 'sys.exit' : 'process.exit', code: 0, exitCode: 0 },
    { how: language === 'python' ? 'sys.exit' : 'process.exit', code: 1, exitCode: 1 },
    { how: language === 'python' ? 'sys.exit' : 'process.exit', code: 255, exitCode: 255 },
    ...(language === 'python'
      ? [
          { how: 'sys.exit', code: null, exitCode: 0 },
          { how: 'sys.exit', code: 'told why', exitCode: 1 },
          { how: 'os._exit', code: 0, exitCode: 0 },
          { how: 'os._exit', code: 7, exitCode: 7 },
        ]
      : []),
  ])('that ends by $how($code) crashed with code $exitCode', async ({ how, code, exitCode }) => {
    const record = await callShared('exits', { server_username: how, server_port: code }, { language, cookie });
    expect(record).toMatchObject({
      outcome: { kind: 'crashed', exitCode, signal: null, phase: 'hook' },
      cookie: kept,
      problems: [],
    });
    if (code === 'told why') expect(record.outcome.log).toBe('told why\n');
  });

  test.each([
    ['SIGKILL', 9],
    ['SIGTERM', 15],
    ['SIGSEGV', 11],
    ['SIGINT', 2],
  ])('that is killed by its own %s crashed with that signal', async (signal, number) => {
    const record = await callShared(
      'exits',
      { server_username: 'a signal', server_port: number },
      { language, cookie },
    );
    // Python turns the interrupt into an exception.
    const expected =
      language === 'python' && signal === 'SIGINT'
        ? { kind: 'raised', exception: 'KeyboardInterrupt' }
        : { kind: 'crashed', exitCode: null, signal };
    expect(record).toMatchObject({ outcome: { ...expected, phase: 'hook' }, cookie: kept });
  });

  test('that exits while it is imported crashed there', async () => {
    const { outcome } = await callShared('exits-at-import', {}, { language });
    expect(outcome).toMatchObject({ kind: 'crashed', exitCode: 0, signal: null, phase: 'import' });
  });

  test('without a class Plugin is refused by name', async () => {
    await expect(callShared('has-no-class', {}, { language })).rejects.toMatchObject({
      code: 'CLASS_MISSING',
      exitCode: 1,
    });
  });

  test('that lacks the hook is refused by name', async () => {
    await expect(callShared('takes-time', {}, { language, hook: 'get_private_key_list' })).rejects.toMatchObject({
      code: 'HOOK_MISSING',
      exitCode: 1,
    });
  });

  test('has no hook of the other type', async () => {
    await expect(callShared('takes-time', {}, { language, hook: 'authenticate' })).rejects.toMatchObject({
      code: 'HOOK_UNKNOWN',
      exitCode: 2,
    });
  });
});

test('a promise that never settles in an idle process crashed with code 13 and says why', async () => {
  const record = await callShared('never-settles', {}, { language: 'typescript', cookie });
  expect(record).toMatchObject({
    outcome: { kind: 'crashed', exitCode: 13, signal: null, phase: 'hook' },
    cookie: kept,
  });
  expect(problemsOf(record)).toEqual(['error NEVER_SETTLED']);
});

test('a module that never settles crashed with code 13 while it is imported', async () => {
  const record = await callShared('never-settles-at-import', {}, { language: 'typescript' });
  expect(record.outcome).toMatchObject({ kind: 'crashed', exitCode: 13, phase: 'import' });
  expect(problemsOf(record)).toEqual(['error NEVER_SETTLED']);
});

test('process.exitCode of a promise that never settles is not hidden behind the reason', async () => {
  const record = await callShared(
    'exits',
    { server_username: 'process.exitCode', server_port: 4 },
    { language: 'typescript' },
  );
  expect(record.outcome.kind).toBe('crashed');
  expect(problemsOf(record)).toEqual(['error NEVER_SETTLED']);
});

test('an unhandled rejection is raised', async () => {
  const record = await callShared('rejects-unhandled', {}, { language: 'typescript', cookie });
  expect(record).toMatchObject({
    outcome: { kind: 'raised', exception: 'RangeError', message: 'nobody waits for this', phase: 'hook' },
    cookie: kept,
  });
});
