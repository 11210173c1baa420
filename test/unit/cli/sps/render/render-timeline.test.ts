import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderTimeline } from '../../../../../src/cli/sps/render/render-timeline.ts';
import type { Paint } from '../../../../../src/cli/terminal/create-terminal.ts';
import { cellsOf } from '../../../../../src/cli/terminal/wrap-cells.ts';
import type { CallRecord, Outcome } from '../../../../../src/index.ts';
import type { ShownStep } from '../../../../../src/sps/store/shown-step.ts';

const paint: Paint = (_style, text) => text;
const otp = { name: 'Otp', version: '1.0', type: 'aa', api: '1.9', language: 'python', path: 'otp' } as const;
const vault = { ...otp, name: 'Vault', type: 'credentialstore', path: 'vault' } as const;
const observed = { phase: 'reply', durationMs: 40, log: '', truncated: false } as const;

interface Given extends Partial<Omit<ShownStep, 'outcome'>> {
  outcome?: Partial<Outcome>;
  atMs?: number;
}

function step(n: number, { outcome, atMs = 0, ...more }: Given = {}): ShownStep {
  return {
    n,
    startedAt: new Date(Date.UTC(2026, 0) + atMs).toISOString(),
    plugin: otp,
    hook: 'authenticate',
    session: 'demo',
    kwargs: {},
    outcome: { ...observed, kind: 'returned', value: null, ...outcome } as Outcome,
    verdict: null,
    cookie: { before: {}, after: {} },
    sessionCookie: { before: {}, after: {} },
    deadline: { proxyTimeoutMs: 10_000, pluginTimeoutMs: 5000 },
    problems: [],
    question: null,
    answer: null,
    ...more,
  };
}

const question = { key: 'otp', prompt: 'Code: ', echo: false };
const tries = (count: number): CallRecord['cookie'] => ({ before: { tries: 0 }, after: { tries: count } });
const steps = [
  step(1, { verdict: 'NEEDINFO', question, answer: '***', cookie: { before: {}, after: { tries: 0 } } }),
  step(2, { atMs: 4200, verdict: 'NEEDINFO', question, answer: '', cookie: tries(1), outcome: { durationMs: 2600 } }),
  step(3, {
    atMs: 9000,
    verdict: 'DENY',
    outcome: { value: { verdict: 'DENY', reason: 'Wrong three times.' }, durationMs: 4100 },
    cookie: { before: { tries: 1, old: true }, after: { tries: 2 } },
    sessionCookie: { before: {}, after: { mfa: { kind: 'otp' } } },
  }),
  step(4, {
    atMs: 700_000,
    plugin: vault,
    hook: 'session_ended',
    outcome: { kind: 'timed-out', pluginTimeoutMs: 5000, forced: true, phase: 'hook', durationMs: 5500 },
    problems: [
      {
        level: 'warning',
        code: 'STALE_LOCK',
        message: 'a lock is held by a process that has ended',
        hint: 'Remove /var/lock/vault in session_ended, or hold it for less time.',
      },
    ],
  }),
];

describe('a timeline', () => {
  test('fits 80 columns', () => {
    expect(renderTimeline(steps, { columns: 80, paint })).toMatchInlineSnapshot(`
      "                                      0      100 ms      1 s   5 s
      Otp 1.0 (aa)
      1    +0 ms  authenticate   NEEDINFO   ███████▎····················  40 ms of 5 s
         asked           "Code: " (otp, echo off)
         answer          ***
         cookie          +tries
      2   +4.2 s  authenticate   NEEDINFO   ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓···  2.6 s of 5 s
         asked           "Code: " (otp, echo off)
         answer          "" (empty)
         cookie          ~tries
      3     +9 s  authenticate   DENY       ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓·  4.1 s of 5 s
         reason          Wrong three times.
         cookie          ~tries  -old
         session cookie  +mfa
      Vault 1.0 (credentialstore)
      4  +12 min  session_ended  timed-out  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  5.5 s of 5 s
         timed out       over its 5 s; it ignored the polite signal and was killed
                         (in: hook)
         warning         STALE_LOCK  a lock is held by a process that has ended
                         Remove /var/lock/vault in session_ended, or hold it for less
                         time.

      4 steps in 12 min, 12 s of it in plugins"
    `);
  });

  test('uses 200 columns', () => {
    expect(renderTimeline(steps, { columns: 200, paint })).toMatchInlineSnapshot(`
      "                                      0                                  100 ms                               1 s                      5 s
      Otp 1.0 (aa)
      1    +0 ms  authenticate   NEEDINFO   █████████████████████████▉··········································································  40 ms of 5 s
         asked           "Code: " (otp, echo off)
         answer          ***
         cookie          +tries
      2   +4.2 s  authenticate   NEEDINFO   ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓···········  2.6 s of 5 s
         asked           "Code: " (otp, echo off)
         answer          "" (empty)
         cookie          ~tries
      3     +9 s  authenticate   DENY       ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓····  4.1 s of 5 s
         reason          Wrong three times.
         cookie          ~tries  -old
         session cookie  +mfa
      Vault 1.0 (credentialstore)
      4  +12 min  session_ended  timed-out  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  5.5 s of 5 s
         timed out       over its 5 s; it ignored the polite signal and was killed (in: hook)
         warning         STALE_LOCK  a lock is held by a process that has ended
                         Remove /var/lock/vault in session_ended, or hold it for less time.

      4 steps in 12 min, 12 s of it in plugins"
    `);
  });

  test('has logs on demand, with what does not fit below', () => {
    const logs = new Map([
      [
        1,
        [
          { atMs: 12, text: 'short' },
          { atMs: null, text: 'x'.repeat(60) },
        ],
      ],
    ]);
    expect(renderTimeline(steps.slice(0, 1), { columns: 80, paint, logs })).toMatchInlineSnapshot(`
      "                                  0        100 ms       1 s    5 s
      Otp 1.0 (aa)
      1  +0 ms  authenticate  NEEDINFO  ████████▎·······················  40 ms of 5 s
         asked           "Code: " (otp, echo off)
         answer          ***
         cookie          +tries
         log             0.012  short
                         xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

      1 step in 40 ms, 40 ms of it in plugins"
    `);
  });

  test('has a log of any length', () => {
    const logs = new Map([[1, Array.from({ length: 300_000 }, () => ({ atMs: 1, text: '' }))]]);
    expect(renderTimeline(steps.slice(0, 1), { columns: 80, paint, logs }).split('\n').length).toBeGreaterThan(300_000);
  });

  test.each([80, 100, 132, 200])('is never wider than %i columns, with colour too', (columns) => {
    const colour: Paint = (style, text) => styleText(style, text, { validateStream: false });
    const wide = step(5, {
      plugin: { ...otp, name: '漢字'.repeat(70) },
      hook: 'get_remote_app_credentials',
      question: { key: 'k'.repeat(90), prompt: 'プロンプト '.repeat(30), echo: true },
      answer: '👩‍👩‍👧'.repeat(120),
      cookie: { before: {}, after: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`é${index}`, 1])) },
      deadline: { proxyTimeoutMs: 20, pluginTimeoutMs: 10 },
    });
    const lines = renderTimeline([...steps, wide], { columns, paint: colour })
      .split('\n')
      .map(stripVTControlCharacters);
    expect(lines.filter((line) => cellsOf(line) > columns)).toEqual([]);
    expect(lines.filter((line) => cellsOf(line) > columns - 2).length).toBeGreaterThan(0);
    expect(lines.join('\n')).toBe(renderTimeline([...steps, wide], { columns, paint }));
  });

  test('lets no text of a plugin steer the terminal', () => {
    const evil = '\u001b[2J\r\n\u0007\u009b31m\u202e\ud800';
    const text = renderTimeline(
      [
        step(1, {
          plugin: { ...otp, name: evil },
          question: { key: evil, prompt: evil, echo: true },
          answer: evil,
          cookie: { before: {}, after: { [evil]: 1 } },
          outcome: { kind: 'raised', exception: evil, message: evil, traceback: '', phase: 'hook' },
          problems: [{ level: 'error', code: 'COOKIE_NULL', message: evil, hint: evil }],
        }),
      ],
      { columns: 200, paint, logs: new Map([[1, [{ atMs: 1, text: evil }]]]) },
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
    expect(text.match(/\\x1b\[2J/g)?.length).toBeGreaterThanOrEqual(7);
  });

  test('shows 15 ms and 300 s on one scale, and half of the time or more without colour too', () => {
    const deadline = { proxyTimeoutMs: 600_000, pluginTimeoutMs: 300_000 };
    const given = [15, 2500, 90_000, 290_000].map((durationMs, index) =>
      step(index, { deadline, outcome: { durationMs } }),
    );
    const shown = renderTimeline(given, { columns: 80, paint });
    expect(shown.split('\n').filter((line) => !line.includes('Otp'))).toMatchInlineSnapshot(`
      [
        "                                  0  100 ms  1 s    10 s   300 s",
        "0  +0 ms  authenticate  returned  ██▋···························  15 ms of 300 s",
        "1  +0 ms  authenticate  returned  ████████████████▏·············  2.5 s of 300 s",
        "2  +0 ms  authenticate  returned  ██████████████████████████▌···   90 s of 300 s",
        "3  +0 ms  authenticate  returned  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓·  290 s of 300 s",
        "",
        "4 steps in 290 s, 383 s of it in plugins",
      ]
    `);
  });

  test('tells shares of the time where steps had different ones', () => {
    const hasty = step(2, { deadline: { proxyTimeoutMs: 100, pluginTimeoutMs: 50 } });
    expect(renderTimeline([step(1), hasty], { columns: 80, paint }).split('\n')[0]).toMatch(/^ +0 +100 %$/);
  });

  test('of no step says so', () => {
    expect(renderTimeline([], { columns: 80, paint })).toBe('no step yet');
  });
});

test('what the SDK keeps for itself in a cookie is one word, unless all is asked for', () => {
  const own = (checkpoint: number) => ({
    __plugin_sdk_private: { checkpoints: { 1: true, [checkpoint]: true } },
    user: 'w',
  });
  const changed = step(1, { cookie: { before: {}, after: own(2) } });
  const again = step(2, { cookie: { before: own(2), after: own(3) } });
  const folded = renderTimeline([changed, again], { columns: 80, paint });
  expect(folded.split('\n').filter((line) => line.includes('cookie '))).toEqual([
    '   cookie          +__plugin_sdk_private  +user',
    '   cookie          ~__plugin_sdk_private',
  ]);
  const all = renderTimeline([again], { columns: 80, paint, showsAll: true });
  expect(all).toContain('+__plugin_sdk_private.checkpoints.3');
});

test('an exception is told with its place, and with its traceback where the log is shown', () => {
  const outcome = {
    kind: 'raised',
    exception: 'TimeoutError',
    message: 'timed out',
    traceback: 'Traceback (most recent call last):\n  File "/otp/main.py", line 31, in ask\nTimeoutError: timed out',
    stack: [
      { file: 'main.py', line: 31, name: 'ask' },
      { file: '/usr/lib/python3.11/socket.py', line: 705, name: 'create_connection' },
    ],
    phase: 'hook',
  } as const;
  const failed = step(1, { outcome: { ...outcome, stack: [...outcome.stack] } });
  const short = renderTimeline([failed], { columns: 100, paint });
  expect(short).toContain('raised          TimeoutError: timed out (in: hook, at main.py:31 in ask)');
  expect(short).not.toContain('Traceback');
  const long = renderTimeline([failed], { columns: 100, paint, logs: new Map([[1, []]]) });
  expect(long).toContain(
    '   traceback       Traceback (most recent call last):\n                     File "/otp/main.py", line 31, in ask',
  );
});

test('a call that was over its time is told with the calls that led there, where the log is shown', () => {
  const stack = [
    { file: 'main.py', line: 8, name: 'authenticate' },
    { file: 'lib/client.py', line: 12, name: 'ask' },
  ];
  const late = step(1, { outcome: { kind: 'timed-out', pluginTimeoutMs: 5000, forced: false, phase: 'hook', stack } });
  const shown = renderTimeline([late], { columns: 100, paint, logs: new Map([[1, []]]) });
  expect(shown).toContain('ended at the polite signal (in: hook, at lib/client.py:12 in ask)');
  expect(shown).toContain('   stack           main.py:8 in authenticate\n                   lib/client.py:12 in ask');
});
