import { expect, test } from 'vitest';
import type { SshDescription } from '../../../../src/targets/description/target-description.ts';
import { judgeLogin, type LoginAttempt, type Verdict } from '../../../../src/targets/ssh/judge-login.ts';

const users = {
  pw: { password: 'p' },
  key: { keys: ['no-pty ssh-ed25519 AAAAkey svc@host'] },
  open: {},
} satisfies SshDescription['users'];

const byPassword = ['password', 'keyboard-interactive'] as const;

test.each<[string, SshDescription['users'], LoginAttempt, Verdict]>([
  ['anyone, without users', undefined, { user: 'x', method: 'none' }, 'accepted'],
  ['the right password', users, { user: 'pw', method: 'password', password: 'p' }, 'accepted'],
  ['another password', users, { user: 'pw', method: 'password', password: 'q' }, [...byPassword]],
  ['no password', users, { user: 'pw', method: 'none' }, [...byPassword]],
  ['the right key', users, { user: 'key', method: 'publickey', key: 'AAAAkey' }, 'accepted'],
  ['another key', users, { user: 'key', method: 'publickey', key: 'AAAA' }, ['publickey']],
  ['a user who needs nothing', users, { user: 'open', method: 'none' }, 'accepted'],
  ['a stranger', users, { user: 'toString', method: 'password', password: 'p' }, ['publickey', ...byPassword]],
])('%s', (_what, known, attempt, verdict) => {
  expect(judgeLogin(known, attempt)).toEqual(verdict);
});
