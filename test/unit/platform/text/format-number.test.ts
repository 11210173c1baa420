import { describe, expect, test } from 'vitest';
import { formatNumber } from '../../../../src/platform/text/format-number.ts';
import { Double } from '../../../../src/platform/values/double.ts';
import { dotnetVectors } from '../dotnet-vectors.ts';

describe('a number is written as .NET writes it', () => {
  test.each(dotnetVectors.formats)('%s %d as %s', (kind, value, format, text) => {
    const write = (): string => formatNumber(kind === 'int' ? value : new Double(value), format);
    if (text === null) expect(write).toThrow();
    else expect(write()).toBe(text);
  });
});
