import type { JsonObject } from '../../../../src/base/json.ts';
import type { SessionChange } from '../../../../src/sps/store/session-state.ts';

interface Others extends Pick<Partial<SessionChange>, 'answers' | 'facts'> {
  kwargs?: JsonObject;
  /** Texts that must not be shown. */
  secrets?: string[];
}

/** A call as it is kept, with all that a record has. */
export function changeOf(
  cookie: JsonObject = {},
  { answers = {}, facts, kwargs = {}, secrets = [] }: Others = {},
): SessionChange {
  const text = JSON.stringify(cookie);
  return {
    plugin: 'aa/Test',
    cookies: { cookie: text, session_cookie: text },
    answers,
    secretAnswers: [],
    step: {
      startedAt: '2026-01-01T00:00:00.000Z',
      record: {
        plugin: { name: 'Test', version: '1.0', type: 'aa', api: '1.9', language: 'python', path: 'test' },
        hook: 'authenticate',
        session: 'demo',
        kwargs,
        outcome: { kind: 'returned', value: null, phase: 'reply', durationMs: 1, log: '', truncated: false },
        verdict: 'NONE',
        cookie: { before: {}, after: cookie },
        sessionCookie: { before: {}, after: cookie },
        deadline: { proxyTimeoutMs: 600_000, pluginTimeoutMs: 300_000 },
        problems: [],
      },
      logLines: [{ atMs: 1, text: 'line' }],
      secrets: { values: secrets, names: [] },
      input: null,
    },
    ...(facts && { facts }),
  };
}
