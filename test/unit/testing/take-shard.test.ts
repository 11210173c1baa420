import { expect, test } from 'vitest';
import { parseShard, takeShard } from '../../../src/testing/take-shard.ts';
import type { PlannedSuite, PlannedCase } from '../../../src/testing/test-source.ts';

const planned = (name: string): PlannedCase => ({ name, run: () => Promise.reject(new Error('is not run')) });
const suites: PlannedSuite[] = [
  { name: 'a', file: 'a', cases: ['1', '2', '3'].map(planned) },
  { name: 'b', file: 'b', cases: ['4', '5'].map(planned) },
];

test('the shards together have every case once', () => {
  const parts = [1, 2, 3].map((index) => takeShard(suites, { index, count: 3 }));
  const names = parts.map((part) => part.flatMap(({ cases }) => cases.map(({ name }) => name)));
  expect(names).toEqual([['1', '4'], ['2', '5'], ['3']]);
});

test.each(['0/3', '4/3', '1', '1/', 'a/b', '1/2/3', '-1/2', '1/0'])('%s is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(`"${text}" is not a shard`);
});
