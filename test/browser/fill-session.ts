import type { JsonObject } from '../../src/index.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';

export interface FilledStep {
  plugin?: string;
  cookie?: JsonObject;
  log?: string[];
}

/** A session with such steps, a second apart. */
export async function fillSession(stateDir: string, name: string, steps: readonly FilledStep[]): Promise<void> {
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  const stored = steps.map(({ plugin = 'Test', cookie = {}, log = [] }, index) => {
    const { step } = changeOf(cookie);
    return {
      ...step,
      n: index + 1,
      startedAt: new Date(start + index * 1000).toISOString(),
      record: { ...step.record, plugin: { ...step.record.plugin, name: plugin } },
      logLines: log.map((text) => ({ atMs: 1, text })),
    };
  });
  const content = {
    createdAt: new Date(start).toISOString(),
    masked: false,
    sessionCookie: '{}',
    cookies: {},
    answers: {},
    secretAnswers: [],
    steps: stored,
  };
  await new SessionStore(stateDir).fill(name, content, { replace: false });
}

/** What a plugin may call itself, keep and write to do harm. */
export const hostile: FilledStep = {
  plugin: '<b>Acme</b>"\'&',
  cookie: {
    '<script>alert(2)</script>': '</td><img src=x onerror=alert(3)>',
    __proto__: 'kept',
    '\u202eevil': '\u0000',
  },
  log: ['<img src=x onerror=alert(1)>', '\u001b[31mred', '\u202egnp.exe', '</script><!--', 'x'.repeat(60_000)],
};
