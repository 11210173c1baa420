import { expect, test } from 'vitest';
import { Sessions } from '../../../../src/rest/access/sessions.ts';

const account = { name: 'admin', privileges: [] };

test('of more than 1,000 sessions the longest idle one without a transaction goes first', () => {
  let nowMs = 0;
  const ended: unknown[] = [];
  const limits = { sessionIdleMs: 1_200_000, transactionIdleMs: 600_000 };
  const sessions = new Sessions(
    limits,
    () => (nowMs += 1),
    (session) => ended.push(session),
  );
  const all = Array.from({ length: 1000 }, () => sessions.create(account));
  const [first, second, third] = all;
  if (first === undefined || third === undefined) throw new Error('there are 1000');
  first.session.draft = {} as never;
  sessions.find(second?.id ?? ''); // no longer idle
  sessions.create(account);
  expect(ended).toEqual([third.session]);
  expect(sessions.find(third.id)).toBeUndefined();
  expect(sessions.find(first.id)).toBe(first.session);
});
