import { expect, test } from 'vitest';
import { unreadSummary } from '../../../../src/sps/store/read-summary.ts';
import { chooseSession } from '../../../../src/sps/stores/choose-session.ts';

const at = (name: string, lastAt: string | null) => ({
  ...unreadSummary(name, null),
  lastAt,
  steps: lastAt === null ? 0 : 1,
});
const store = {
  place: 'state',
  names: () => ['demo', 'demo-2', 'other', '_test-1'],
  list: () => [
    at('demo', '2026-01-02T00:00:00.000Z'),
    at('demo-2', '2026-01-03T00:00:00.000Z'),
    at('other', null),
    at('_test-1', '2026-01-04T00:00:00.000Z'),
  ],
};
const choose = (given: string | undefined) => chooseSession(store, given, (name) => name.startsWith('_'));

test('without a name it is the last session that was called, not one that nobody made', async () => {
  expect(await choose(undefined)).toBe('demo-2');
});

test('the beginning of a name is enough where only one begins so; a whole name is that one', async () => {
  expect(await choose('o')).toBe('other');
  expect(await choose('demo')).toBe('demo');
  expect(await choose('none')).toBe('none');
});

test('of several that begin so, all are named', async () => {
  await expect(choose('dem')).rejects.toMatchObject({
    code: 'USAGE',
    exitCode: 2,
    hint: 'Which one? demo, demo-2',
  });
});

test('where there is none, it says how to make one', async () => {
  const empty = { place: 'state', names: () => [], list: () => [] };
  await expect(chooseSession(empty, undefined, () => false)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
});
