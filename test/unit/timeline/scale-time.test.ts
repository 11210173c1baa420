import { expect, test } from 'vitest';
import { marksOf, scaleTime } from '../../../src/timeline/scale-time.ts';

test('15 ms can be read on a bar of 300 s, and the bar ends at what is allowed', () => {
  const shares = [0, 15, 338, 2800, 150_000, 300_000, 400_000].map((ms) => scaleTime(ms, 300_000));
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares[0]).toBe(0);
  expect(shares[1]).toBeGreaterThan(0.05);
  expect(shares.slice(-2)).toEqual([1, 1]);
});

test('marks stand well before the end', () => {
  expect(marksOf(300_000).map(({ timeMs }) => timeMs)).toEqual([100, 1000, 10_000, 60_000]);
  expect(marksOf(500)).toEqual([{ timeMs: 100, at: scaleTime(100, 500) }]);
});
