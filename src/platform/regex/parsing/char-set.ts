/** Whether a unit of text, given by its code, is one of a set. */
export interface CharTest {
  has: (code: number) => boolean;
}

/** Below this, the answer is looked up. */
const tableSize = 256;

/** Both cases of a letter; some have a third partner. Source: .NET, case equivalence in the invariant culture. */
export function caseVariants(code: number): number[] {
  const text = String.fromCharCode(code);
  const variants = new Set([code]);
  for (const other of [text.toLowerCase(), text.toUpperCase(), text.toUpperCase().toLowerCase()])
    if (other.length === 1 && code !== 0x130 && code !== 0x131) variants.add(other.charCodeAt(0));
  const third = thirds.find((group) => group.includes(code)) ?? [];
  return [...variants, ...third.filter((each) => !variants.has(each))];
}

/** K and Kelvin, Å and Ångström, which have one lower case. */
const thirds: readonly (readonly number[])[] = [
  [0x4b, 0x6b, 0x212a],
  [0xc5, 0xe5, 0x212b],
];

const isWord = /[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u;
const isSpace = /[\f\n\r\t\v\x85\p{Z}]/u;
const isDigit = /\p{Nd}/u;

function textTest(pattern: RegExp): CharTest {
  return new TableTest((code) => pattern.test(String.fromCharCode(code)));
}

/** Remembers the answers of the codes that are asked most. */
class TableTest implements CharTest {
  readonly #table = new Uint8Array(tableSize);
  readonly #slow: (code: number) => boolean;

  constructor(slow: (code: number) => boolean) {
    this.#slow = slow;
    for (let code = 0; code < tableSize; code++) this.#table[code] = slow(code) ? 1 : 0;
  }

  has(code: number): boolean {
    return code < tableSize ? this.#table[code] === 1 : this.#slow(code);
  }
}

export const wordTest = textTest(isWord);
export const spaceTest = textTest(isSpace);
export const digitTest = textTest(isDigit);
export const anyTest = new TableTest(() => true);
export const notNewLineTest = new TableTest((code) => code !== 10);

export function negated(test: CharTest): CharTest {
  return new TableTest((code) => !test.has(code));
}

export function oneOf(tests: readonly CharTest[]): CharTest {
  return new TableTest((code) => tests.some((test) => test.has(code)));
}

/** One unit, in either case if `ignoresCase`. */
export function unitTest(code: number, ignoresCase: boolean): CharTest {
  const codes = ignoresCase ? caseVariants(code) : [code];
  if (codes.length === 1) return { has: (each) => each === code };
  return { has: (each) => codes.includes(each) };
}

/** A category or block of Unicode by the name that stands in `\p{…}`; undefined when there is none. */
export function categoryTest(name: string): CharTest | undefined {
  const block = blocks.get(name);
  if (block) return new TableTest((code) => code >= block[0] && code <= block[1]);
  if (!/^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/.test(name)) return undefined;
  return textTest(new RegExp(`\\p{${name}}`, 'u'));
}

/** The named blocks that authors may use. Source: .NET, supported named blocks, the first of them. */
const blocks = new Map<string, readonly [number, number]>([
  ['IsBasicLatin', [0x00, 0x7f]],
  ['IsLatin-1Supplement', [0x80, 0xff]],
  ['IsLatinExtended-A', [0x100, 0x17f]],
  ['IsLatinExtended-B', [0x180, 0x24f]],
  ['IsGreek', [0x370, 0x3ff]],
  ['IsGreekandCoptic', [0x370, 0x3ff]],
  ['IsCyrillic', [0x400, 0x4ff]],
  ['IsHebrew', [0x590, 0x5ff]],
  ['IsArabic', [0x600, 0x6ff]],
  ['IsGeneralPunctuation', [0x2000, 0x206f]],
  ['IsCurrencySymbols', [0x20a0, 0x20cf]],
  ['IsHiragana', [0x3040, 0x309f]],
  ['IsKatakana', [0x30a0, 0x30ff]],
  ['IsCJKUnifiedIdeographs', [0x4e00, 0x9fff]],
]);

/** What stands between `[` and `]`. */
export class CharSet {
  readonly #ranges: [first: number, last: number][] = [];
  readonly #tests: CharTest[] = [];

  addRange(first: number, last: number): void {
    this.#ranges.push([first, last]);
  }

  addTest(test: CharTest): void {
    this.#tests.push(test);
  }

  /** As a test: letters in either case if `ignoresCase`, then negated, then without those of `minus`. */
  toTest(isNegated: boolean, ignoresCase: boolean, minus?: CharTest): CharTest {
    const ranges = this.#ranges;
    const tests = this.#tests;
    const inRange = (code: number): boolean => ranges.some(([first, last]) => code >= first && code <= last);
    return new TableTest((code) => {
      const isIn =
        inRange(code) || tests.some((test) => test.has(code)) || (ignoresCase && caseVariants(code).some(inRange));
      return isIn !== isNegated && minus?.has(code) !== true;
    });
  }
}
