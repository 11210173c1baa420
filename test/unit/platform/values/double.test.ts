import { expect, test } from 'vitest';
import { renderDouble } from '../../../../src/platform/values/double.ts';
import { dotnetVectors } from '../dotnet-vectors.ts';

/** Older .NET, which Mono is like, writes no more than fifteen digits; ours are as many as the number needs. */
const newer: [string, string][] = [
  ['0.30000000000000004', '0.30000000000000004'],
  ['123456789012345678', '1.2345678901234568E+17'],
  ['12345678901234567', '12345678901234568'],
];
const older = dotnetVectors.doubles.filter(([number, text]) => Number(number) === Number(text) || text === 'NaN');

test.each([...older, ...newer])('%s is written %s', (number, text) => {
  expect(renderDouble(Number(number))).toBe(text);
});
