import { expect, test } from 'vitest';
import { renderCall } from '../../../../../src/cli/sps/render/render-call.ts';
import { renderChange, renderProgress } from '../../../../../src/cli/sps/render/render-change.ts';
import type { CallRecord } from '../../../../../src/index.ts';

const record: CallRecord = {
  plugin: { name: 'Sample', version: '1.0', type: 'aa', api: '1.9', language: 'python', path: '.' },
  hook: 'authenticate',
  session: null,
  kwargs: {},
  outcome: {
    kind: 'returned',
    value: { verdict: 'NEEDINFO', question: ['otp', 'OTP: ', true], cookie: { tries: 1 } },
    phase: 'reply',
    durationMs: 41,
    log: '',
    truncated: false,
  },
  verdict: 'NEEDINFO',
  cookie: { before: {}, after: { tries: 1 } },
  sessionCookie: { before: { old: 'x' }, after: {} },
  deadline: { proxyTimeoutMs: 600_000, pluginTimeoutMs: 300_000 },
  problems: [{ level: 'warning', code: 'UNKNOWN_RESULT_KEY', message: 'SPS does not read "a"', hint: 'Leave it out.' }],
};
const plain = { paint: (_style: string, text: string) => text };

test('a call shows verdict, time, next step, result, cookies, log and problems', () => {
  const logLines = [
    { atMs: 12.4, text: 'asking' },
    { atMs: null, text: '[… 5 bytes of the log are left out here …]' },
  ];
  expect(renderCall(record, { logLines }, plain)).toMatchInlineSnapshot(`
    "NEEDINFO  authenticate of Sample 1.0  41 ms of 300 s
      The user is asked "OTP: " (echo off); then authenticate is called again with the answer in key_value_pairs.otp.

    result
      {"verdict":"NEEDINFO","question":["otp","OTP: ",true]}

    cookie
      + tries: 1

    session cookie
      - old

    log
      0.012  asking
      [… 5 bytes of the log are left out here …]

    problems
      warning UNKNOWN_RESULT_KEY  SPS does not read "a"
        Leave it out."
  `);
});

test('changes of a cookie are added, removed and changed keys', () => {
  expect(renderChange({ before: { a: 1, b: 2 }, after: { b: { c: 3 }, d: 'x'.repeat(100) } })).toMatchInlineSnapshot(`
    "- a
    ~ b: 2 → {"c":3}
    + d: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
  `);
});

test('a watched call tells what differs from the one before', () => {
  const now: CallRecord = { ...record, verdict: 'DENY', outcome: { ...record.outcome, durationMs: 99, log: 'x\n' } };
  const circumstances = { logLines: [], previous: record };
  expect(renderCall(now, circumstances, plain).split('since the last call\n')[1]).toBe(
    '  ~ verdict: "NEEDINFO" → "DENY"\n  ~ log: "" → "x\\n"',
  );
  expect(renderCall({ ...record }, circumstances, plain)).toContain('nothing differs');
});

test('a watched call tells nothing twice, and a traceback line by line', () => {
  const returned = (verdict: 'DENY' | 'ACCEPT', tries: number): CallRecord => ({
    ...record,
    verdict,
    outcome: { ...record.outcome, value: { verdict, cookie: { tries } } } as CallRecord['outcome'],
    cookie: { before: {}, after: { tries } },
  });
  expect(renderProgress(returned('DENY', 1), returned('ACCEPT', 2))).toBe(
    '~ verdict: "DENY" → "ACCEPT"\n~ cookie.tries: 1 → 2',
  );
  const raised = (message: string): CallRecord => ({
    ...record,
    verdict: null,
    outcome: {
      kind: 'raised',
      exception: 'E',
      message,
      traceback: `Traceback:\n  line 1\nE: ${message}\n`,
      phase: 'hook',
      durationMs: 1,
      log: '',
      truncated: false,
    },
  });
  expect(renderProgress(raised('x'), raised('y'))).toBe('~ message: "x" → "y"\n~ traceback\n  - E: x\n  + E: y');
  expect(renderProgress(returned('DENY', 1), raised('x'))).not.toContain('raceback');
});

test('what a plugin writes cannot steer the terminal', () => {
  const escape = '\u001b]0;title\u0007\u009b2J\u202e';
  const problems = [{ level: 'warning', code: 'UNKNOWN_RESULT_KEY', message: escape, hint: escape } as const];
  const cookie = { before: {}, after: { [escape]: escape } };
  const outcome = {
    ...record.outcome,
    kind: 'raised',
    exception: 'E',
    message: escape,
    traceback: `one\n\t${escape}`,
  } as const;
  const logLines = [{ atMs: 1, text: `${escape}\r` }];
  for (const each of [
    outcome,
    { ...record.outcome, value: { verdict: 'DENY', reason: escape } } as typeof record.outcome,
  ]) {
    const shown = renderCall(
      { ...record, outcome: each, verdict: 'DENY', cookie, problems },
      { logLines, previous: record },
      plain,
    );
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(shown.match(/\\u202e/g)?.length).toBeGreaterThan(6);
  }
});
