import type { JsonObject } from '../../src/index.ts';
import type { StoredStep } from '../../src/sps/store/session-content.ts';
import type { SessionFacts } from '../../src/sps/store/session-facts.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';

export interface FilledStep extends Partial<Pick<StoredStep, 'input' | 'secrets'>> {
  plugin?: string;
  cookie?: JsonObject;
  log?: string[];
  /** From the start of the session; by default a second after the one before. */
  atMs?: number;
  record?: Partial<Omit<StoredStep['record'], 'plugin' | 'outcome'>>;
  outcome?: Partial<JsonObject>;
}

/** A session with such steps. */
export async function fillSession(
  stateDir: string,
  name: string,
  steps: readonly FilledStep[],
  facts: Partial<SessionFacts> = {},
): Promise<void> {
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  const stored = steps.map(
    ({ plugin = 'Test', cookie = {}, log = [], record, outcome, ...more }, index): StoredStep => {
      const { step } = changeOf(cookie);
      const { atMs = index * 1000, ...kept } = more;
      return {
        ...step,
        ...kept,
        n: index + 1,
        startedAt: new Date(start + atMs).toISOString(),
        record: {
          ...step.record,
          ...record,
          plugin: { ...step.record.plugin, name: plugin },
          outcome: { ...step.record.outcome, ...outcome },
        },
        logLines: log.map((text) => ({ atMs: 1, text })),
      };
    },
  );
  const content = {
    createdAt: new Date(start).toISOString(),
    masked: false,
    sessionCookie: '{}',
    cookies: {},
    answers: {},
    secretAnswers: [],
    steps: stored,
    ...facts,
  };
  await new SessionStore(stateDir).fill(name, content, { replace: false });
}

/** What a plugin may call itself, keep and write to do harm. */
const markup = '</td><img src=x onerror=alert(3)>';
const line = 'x'.repeat(1024 * 1024);
export const hostile: FilledStep = {
  plugin: '<b>Acme</b>"\'&\u202e',
  cookie: {
    '<script>alert(2)</script>': markup,
    ['__proto__']: 'kept',
    '\u202eevil': '\u0000',
    ['k'.repeat(5000)]: 'long',
  },
  log: ['<img src=x onerror=alert(1)>', '\u001b[31mred', '\u202egnp.exe', '</script><!--', line],
  record: {
    kwargs: { [markup]: ['<svg onload=alert(4)>', '\u2066'] },
    problems: [
      { level: 'warning', code: 'COOKIE_LARGE', message: `${markup}\u001b`, hint: '<script>alert(5)</script>' },
    ],
  },
  outcome: { value: { '<iframe src="javascript:alert(6)">': line } },
};

/** One step of each kind of end, and a question that was answered after 2.5 s. */
export const eachKind: FilledStep[] = [
  {
    record: { verdict: 'NEEDINFO', kwargs: { client_ip: '1.2.3.4' } },
    outcome: { value: { verdict: 'NEEDINFO', question: ['pin', 'Your PIN: ', true] }, durationMs: 338 },
    input: {
      kwargs: { client_ip: '1.2.3.4', gateway_user: 'wsmith' },
      configuration: '[acme]\nregion = west\n',
      python: '/usr/bin/python3',
      api: '1.9',
      spsVersion: '7.0',
      cookies: { cookie: '{}', session_cookie: '{}' },
    },
  },
  {
    atMs: 2838,
    record: {
      verdict: 'ACCEPT',
      kwargs: { key_value_pairs: { pin: 'quokka-7791' } },
      cookie: { before: { kept: 1, old: 'a', gone: true }, after: { kept: 1, old: 'b', fresh: 0 } },
      sessionCookie: { before: {}, after: { mfa: 'pin' } },
    },
    secrets: { values: ['quokka-7791'], names: [] },
  },
  {
    atMs: 4000,
    record: { hook: 'authorize', verdict: null },
    outcome: {
      kind: 'raised',
      exception: 'VaultError',
      message: 'no luck',
      traceback: 'Traceback (most recent call last):\nVaultError: no luck',
      phase: 'hook',
    },
  },
  {
    atMs: 5000,
    record: { hook: 'get_password_list', verdict: null },
    outcome: {
      kind: 'timed-out',
      pluginTimeoutMs: 300_000,
      forced: true,
      phase: 'hook',
      durationMs: 300_000,
      truncated: true,
      stack: [{ file: 'main.py', line: 7, name: 'wait_for_vault' }],
    },
    log: ['still waiting'],
  },
  {
    atMs: 306_000,
    record: { hook: 'get_private_key_list', verdict: null },
    outcome: { kind: 'crashed', exitCode: null, signal: 'SIGSEGV', phase: 'import' },
  },
  {
    atMs: 307_000,
    record: {
      hook: 'session_ended',
      verdict: null,
      problems: [
        {
          level: 'error',
          code: 'COOKIE_NOT_A_MAPPING',
          message: 'cookie is a text; expected a mapping',
          hint: 'Return a dict as cookie.',
        },
      ],
    },
    outcome: { kind: 'malformed', problem: 'cookie is a text; expected a mapping', reply: '{"cookie":"abc"}' },
  },
];
