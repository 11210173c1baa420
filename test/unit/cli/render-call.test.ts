import { expect, test } from 'vitest';
import { renderCall, renderChange } from '../../../src/cli/render-call.ts';
import type { CallRecord } from '../../../src/index.ts';

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
  expect(renderCall(record, { logLines, hasConfiguration: true }, plain)).toMatchInlineSnapshot(`
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

test('a constructor that fails on an empty configuration gets a hint', () => {
  const outcome = {
    kind: 'raised',
    exception: 'KeyError',
    message: "'otp'",
    traceback: "KeyError: 'otp'",
    phase: 'constructor',
    durationMs: 1,
    log: '',
    truncated: false,
  } as const;
  const raised: CallRecord = { ...record, outcome, verdict: null, problems: [] };
  expect(renderCall(raised, { logLines: [], hasConfiguration: false }, plain)).toContain('--config');
  expect(renderCall(raised, { logLines: [], hasConfiguration: true }, plain)).not.toContain('--config');
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
  const circumstances = { logLines: [], hasConfiguration: true, previous: record };
  expect(renderCall(now, circumstances, plain).split('since the last call\n')[1]).toBe(
    '  ~ verdict: "NEEDINFO" → "DENY"\n  ~ log: "" → "x\\n"',
  );
  expect(renderCall({ ...record }, circumstances, plain)).toContain('nothing differs');
});
