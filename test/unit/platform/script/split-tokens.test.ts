import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitTokens } from '../../../../src/platform/script/split-tokens.ts';
import { runs } from '../../../thorough.ts';

/** Variables as `name` or `name::$text`, expressions in braces, all else as it is. */
function pieces(text: string): string[] {
  return splitTokens(text).map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'expression') return `{${part.text}}`;
    return part.fallback === undefined ? `<${part.name}>` : `<${part.name}|${part.fallback}>`;
  });
}

describe('what is put into a text', () => {
  test.each([
    ['%Name%', ['<Name>']],
    ['a %A% b %B_2%', ['a ', '<A>', ' b ', '<B_2>']],
    ['%A::$%', ['<A|>']],
    ['%ChallengeType::$login%', ['<ChallengeType|login>']],
    ['%{ a + "}" }%x', ['{ a + "}" }', 'x']],
    ['%{a\nb}%%C%', ['{a\nb}', '<C>']],
    ["SUDO_PROMPT='SUDO password for %p:'", ["SUDO_PROMPT='SUDO password for %p:'"]],
    ['%h/.ssh/authorized_keys', ['%h/.ssh/authorized_keys']],
    ['"%u"', ['"%u"']],
    ['Regex.Replace(KeyPath, "%%", "%")', ['Regex.Replace(KeyPath, "%%", "%")']],
    ['rc : ${ rc }%  Error: %{ e }%', ['rc : ${ rc }%  Error: ', '{ e }']],
    ['%{a.Replace("@","%40")}%', ['{a.Replace("@","%40")}']],
    ['%5Bx%5D', ['%5Bx%5D']],
    ['%A.B%', ['%A.B%']],
    ['100% %A%', ['100% ', '<A>']],
    ['%A', ['%A']],
    ['%{a', ['%{a']],
    ['', []],
  ])('%j is %j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  test('covers the whole text, piece after piece', () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from('%{}:$Ab1_ .')) });
    fc.assert(
      fc.property(texts, (text) => {
        const parts = splitTokens(text);
        expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
      { numRuns: runs(2000) },
    );
  });
});
