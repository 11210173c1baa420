import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { parseJobs } from '../../../src/testing/parse-jobs.ts';

test('as many cases at once as asked for, else one for each processor', () => {
  expect([parseJobs('3'), parseJobs(undefined)]).toEqual([3, availableParallelism()]);
});

test.each(['0', '-1', '1.5', 'two', '', '10000'])('%j is refused', (text) => {
  expect(() => parseJobs(text)).toThrow(`--jobs: ${JSON.stringify(text)} is not a number of calls`);
});
