import { describe, expect, test, vi } from 'vitest';
import { createMasker } from '../../../../src/secrets/create-masker.ts';
import type * as keys from '../../../../src/secrets/private-key-spans.ts';
import type * as spellings from '../../../../src/secrets/spellings-of.ts';
import type { CallRecord } from '../../../../src/sps/call/call-record.ts';
import { maskRecord } from '../../../../src/sps/call/mask-record.ts';
import { collectPluginSecrets, createPluginMasker } from '../../../../src/sps/plugin/plugin-secrets.ts';
import { maskSimulation } from '../../../../src/sps/simulation/mask-simulation.ts';
import { exportSession } from '../../../../src/sps/store/export-session.ts';
import type { StoredStep } from '../../../../src/sps/store/session-content.ts';
import { toShownSteps } from '../../../../src/sps/store/shown-step.ts';

// A value that nobody can spell stands for whatever may go wrong while something is masked.
vi.mock('../../../../src/secrets/spellings-of.ts', async (original) => {
  const actual = await original<typeof spellings>();
  return {
    ...actual,
    spellingsOf: (value: string) => {
      if (value === 'unspeakable') throw new RangeError(`cannot spell ${value}`);
      return actual.spellingsOf(value);
    },
  };
});
vi.mock('../../../../src/secrets/private-key-spans.ts', async (original) => {
  const actual = await original<typeof keys>();
  return {
    ...actual,
    privateKeySpans: (text: string) => {
      if (text.includes('unreadable')) throw new RangeError(`cannot read ${text}`);
      return actual.privateKeySpans(text);
    },
  };
});

const question = ['otp', 'Code for unspeakable: ', true];
const record: CallRecord = {
  plugin: { name: 'p', version: '1', type: 'aa', api: '1.9', language: 'python', path: '/p' },
  hook: 'authenticate',
  session: 's',
  kwargs: { gateway_user: 'unspeakable', cookie: { a: 'unspeakable' } },
  outcome: {
    kind: 'returned',
    value: { verdict: 'NEEDINFO', question },
    phase: 'reply',
    durationMs: 1,
    log: 'unspeakable\nunspeakable\n',
    truncated: false,
  },
  verdict: 'NEEDINFO',
  cookie: { before: { a: 'unspeakable' }, after: {} },
  sessionCookie: { before: {}, after: { b: ['unspeakable'] } },
  deadline: { proxyTimeoutMs: 2, pluginTimeoutMs: 1 },
  problems: [{ level: 'warning', code: 'COOKIE_LARGE', message: 'unspeakable', hint: 'unspeakable' }],
};
const logLines = [{ atMs: 1, text: 'unspeakable' }];
const unspeakable = { values: ['unspeakable'], names: [] };
const untold = { values: [], names: ['*'] };
const everything = [
  ['a secret that cannot be spelled', unspeakable],
  ['secrets that nobody could tell', untold],
] as const;

function stepWith(secrets: StoredStep['secrets']): StoredStep {
  const cookies = { cookie: '{"a":"unspeakable"}', session_cookie: '{}' };
  const input = {
    kwargs: record.kwargs,
    cookies,
    configuration: null,
    python: 'python3',
    api: '1.9',
    spsVersion: '7.5',
  };
  return { n: 1, startedAt: '2026-01-01T00:00:00.000Z', record, logLines, secrets, input };
}

describe('when masking fails', () => {
  test.each(everything)('a record is kept and hidden: %s', (_name, secrets) => {
    const shown = maskRecord(record, { ...secrets }, logLines);
    expect(JSON.stringify(shown)).not.toContain('unspeakable');
    expect(shown).toMatchObject({
      hook: 'authenticate',
      verdict: 'NEEDINFO',
      outcome: { kind: 'returned', log: '***\n' },
    });
    expect(shown.problems.at(-1)).toMatchObject({ level: 'warning', code: 'MASKING_FAILED' });
  });

  test.each(everything)('a stored session is shown and exported: %s', (_name, secrets) => {
    const steps = [stepWith({ ...secrets })];
    const shown = toShownSteps(steps);
    expect(JSON.stringify(shown)).not.toContain('unspeakable');
    expect(shown[0]?.question).toEqual({ key: '***', prompt: '***', echo: false });
    const content = {
      createdAt: '2026-01-01T00:00:00.000Z',
      masked: false,
      sessionCookie: '{"a":"unspeakable"}',
      cookies: { 'aa/p': '{"a":"unspeakable"}' },
      answers: { otp: 'unspeakable' },
      secretAnswers: ['otp'],
      steps,
    };
    expect(JSON.stringify(exportSession('s', content, false))).not.toContain('unspeakable');
  });

  test.each(everything)('a simulation is shown: %s', (_name, secrets) => {
    const step = {
      ...record,
      n: 1,
      startedAt: '',
      question: { key: 'otp', prompt: 'Code for unspeakable: ', echo: false },
      answer: 'unspeakable',
    };
    const simulation = {
      session: 's',
      ended: 'closed' as const,
      gatewayUser: 'unspeakable',
      gatewayGroups: ['unspeakable'],
      steps: [step],
      cookies: { aa: { a: 'unspeakable' }, credentialstore: {} },
      sessionCookie: { a: 'unspeakable' },
      problems: [...record.problems],
    };
    const played = [{ step, logLines, clearLogLines: logLines, secrets: { ...secrets } }];
    const shown = maskSimulation({ simulation, played, secrets: { ...secrets } });
    expect(JSON.stringify(shown)).not.toContain('unspeakable');
    expect(shown.ended).toBe('closed');
  });
});

test('what cannot be masked keeps its lines and its kind', () => {
  const masker = createMasker(['unspeakable'], { maskWord: '***' });
  expect(masker.text('abcd\n\nefgh\r\n')).toBe('***\n\n***\r\n');
  expect([{ a: 'abcd' }, ['abcd'], 'abcd', null].map((value) => masker.json(value))).toEqual([
    { '***': '***' },
    ['***'],
    '***',
    null,
  ]);
  expect(masker.failures()).toBe(4);
});

test('secrets that cannot be told make everything secret, without losing the call', () => {
  const { values, names } = collectPluginSecrets({ kwargs: { note: 'unreadable' }, names: ['ticket'] });
  expect(names).toContain('ticket');
  const masker = createPluginMasker(values, names);
  expect(masker.text('a\nb')).toBe('***\n***');
  expect(masker.json({ unreadable: ['x'] })).toEqual({ '***': '***' });
});
