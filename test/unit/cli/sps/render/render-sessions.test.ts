import { expect, test } from 'vitest';
import { renderSessions } from '../../../../../src/cli/sps/render/render-sessions.ts';
import { unreadSummary } from '../../../../../src/sps/store/read-summary.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');
const of = (name: string, more: object) => ({ ...unreadSummary(name, null), steps: 2, ...more });

test('a session is shown with its plugins, how it ended or what came out last, and how long ago that was', () => {
  const sessions = [
    of('now', {
      lastHook: 'authenticate',
      lastAt: '2026-03-01T12:00:00.100Z',
      lastVerdict: 'NEEDINFO',
      lastOutcome: 'returned',
    }),
    of('demo', {
      pluginNames: ['Sample_Otp', 'SPS_Vault'],
      lastHook: 'session_ended',
      lastAt: '2026-03-01T11:12:00.000Z',
      lastOutcome: 'returned',
      ended: 'denied',
    }),
    of('old', { lastHook: 'get_password_list', lastAt: '2026-02-20T12:00:01.000Z', lastOutcome: 'raised' }),
    { ...unreadSummary('broken', 'cannot be read'), steps: 0 },
  ];
  expect(renderSessions(sessions, now, (_style, text) => text)).toMatchInlineSnapshot(`
    "session  plugins                steps  last hook          result    last call
    now                             2      authenticate       NEEDINFO  just now
    demo     Sample_Otp, SPS_Vault  2      session_ended      denied    48 min ago
    old                             2      get_password_list  raised    8 d ago
    broken                          ?"
  `);
});
