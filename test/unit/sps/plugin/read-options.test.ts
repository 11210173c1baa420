import { describe, expect, test } from 'vitest';
import { Interpolation, readOptions } from '../../../../src/sps/plugin/read-options.ts';

function valuesOf(configuration: string): string[] {
  const options = readOptions(configuration);
  const interpolation = new Interpolation(options);
  return options.map((option) => interpolation.valueOf(option));
}

/** Options of which each holds the next one so many times. */
function chain(length: number, times: number): string {
  const lines = Array.from({ length }, (_, at) => `o${at} = ${`%(o${at + 1})s`.repeat(times)}`);
  return ['[a]', ...lines, `o${length} = x`].join('\n');
}

describe('readOptions', () => {
  test.each([
    ['the first sign', '[a]\nb = c: d', 'b', 'c: d'],
    ['a colon before it', '[a]\nb: c = d', 'b', 'c = d'],
    ['no value', '[a]\nB =', 'b', ''],
    ['a carriage return inside', '[a]\nb = c\rd', 'b', 'c\rd'],
  ])('takes %s', (_name, configuration, name, value) => {
    expect(readOptions(configuration)).toEqual([{ section: 'a', name, value }]);
  });

  test('reads a line of 10^5 blanks, signs or brackets', () => {
    for (const unit of [' ', '\t', '=', ':', '[', ']', '%(', 'a ']) {
      const line = `x${unit.repeat(100_000)}y`;
      expect(readOptions(`[a]\n${line}`).length).toBeLessThan(2);
      expect(readOptions(`[a]\n[${line}`)).toEqual(expect.anything());
    }
  });

  test('reads 10^5 lines that go on', () => {
    expect(readOptions(`[a]\nb = c${'\n d'.repeat(100_000)}`)[0]?.value).toHaveLength(200_001);
  });
});

describe('Interpolation', () => {
  test.each([
    ['percent signs', '[a]\nb = 50%% %%(c)s\nc = d', ['50% %(c)s', 'd']],
    ['options, sections first', '[DEFAULT]\nc = 1\nd = 2\n[a]\nc = 3\nb = %(C)s%(d)s', ['1', '2', '3', '32']],
    ['what is no reference', '[a]\nb = %()s %(c %(c)d %(c)s %\nc = x', ['%()s %(c %(c)d x %', 'x']],
    ['a name with a parenthesis before it', '[a]\nb = %(%(c)s\nc = x', ['%(%(c)s', 'x']],
    ['names that are nowhere', '[a]\nb = %(c)s%%', ['%(c)s%']],
  ])('hands out %s', (_name, configuration, values) => {
    expect(valuesOf(configuration)).toEqual(values);
  });

  test('ends where ConfigParser ends: options in options, ten deep', () => {
    expect(valuesOf(chain(10, 1))[0]).toBe('x');
    expect(valuesOf(chain(11, 1))[0]).toBe('%(o1)s');
  });

  test.each([
    ['that holds itself', `[a]\nb = ${'%(b)s'.repeat(8)}`],
    ['that goes ten times into another, and so on', chain(10, 10)],
    ['with more references than are meant', `[a]\nb = ${'%(c)s'.repeat(100_000)}\nc = d`],
    ['that becomes too long', `[a]\nb = ${'%(c)s'.repeat(1000)}\nc = ${'d'.repeat(1000)}%%`],
    ['of 10^5 beginnings of a reference', `[a]\nb = ${'%('.repeat(100_000)}`],
    ['of 10^5 beginnings and one end', `[a]\nb = ${'%('.repeat(100_000)})`],
  ])('leaves a text %s as it is', (_name, configuration) => {
    const [first] = readOptions(configuration);
    expect(valuesOf(configuration)[0]).toBe(first?.value);
  });

  test('is limited for all options together', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `b${at} = ${'%(c)s'.repeat(100)}`);
    const values = valuesOf(['[a]', 'c = d', ...lines].join('\n'));
    expect(values[1]).toBe('d'.repeat(100));
    expect(values.at(-1)).toBe('%(c)s'.repeat(100));
  });
});
