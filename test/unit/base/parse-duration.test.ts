import { describe, expect, test } from 'vitest';
import { parseDuration, renderDuration } from '../../../src/base/parse-duration.ts';

describe('a duration', () => {
  test.each([
    ['600s', 600_000],
    ['10m', 600_000],
    ['1500ms', 1500],
    ['2', 2000],
    ['0.5', 500],
    ['1h', 3_600_000],
  ])('%s is %i ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each(['', 's', '-1s', '0', '1d', '1e3', 'Infinity', '999999h', '1 2'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([
    [0.4, '0 ms'],
    [41, '41 ms'],
    [1234, '1.2 s'],
    [2000, '2 s'],
    [300_000, '300 s'],
  ])('of %d ms is shown as %s', (durationMs, text) => {
    expect(renderDuration(durationMs)).toBe(text);
  });
});
