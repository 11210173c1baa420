import { shortest } from './spellings-of.ts';

export type Span = [start: number, end: number];
export type Find = (text: string) => Span[];

/** How text compares with a pattern from `start` on; 0 when the pattern is there. */
function compareAt(text: string, start: number, pattern: string): number {
  for (let index = 0; index < pattern.length; index++) {
    const difference = text.charCodeAt(start + index) - pattern.charCodeAt(index);
    if (difference !== 0) return Number.isNaN(difference) ? -1 : difference;
  }
  return 0;
}

/** Patterns whose first units hash alike, in order; `shorter` is the place of the longest other one that each begins with. */
interface Bucket {
  patterns: string[];
  shorter: number[];
}

/** Length of the longest pattern at `start`, 0 when there is none. */
function longestAt(text: string, start: number, { patterns, shorter }: Bucket): number {
  let low = 0;
  for (let high = patterns.length; low < high;) {
    const middle = (low + high) >> 1;
    const order = compareAt(text, start, patterns[middle] ?? '');
    if (order === 0 && middle === patterns.length - 1) return patterns[middle]?.length ?? 0;
    if (order >= 0) low = middle + 1;
    else high = middle;
  }
  let match = low - 1;
  while (match >= 0 && compareAt(text, start, patterns[match] ?? '') !== 0) match = shorter[match] ?? -1;
  return patterns[match]?.length ?? 0;
}

function addShorter({ patterns, shorter }: Bucket): void {
  patterns.sort();
  patterns.forEach((pattern, index) => {
    let prefix = index - 1;
    while (prefix >= 0 && !pattern.startsWith(patterns[prefix] ?? '')) prefix = shorter[prefix] ?? -1;
    shorter.push(prefix);
  });
}

/** Shifting by five, a hash of eighteen bits remembers four units, the length of the shortest pattern. */
function addUnit(hash: number, unit: number): number {
  return ((hash << 5) ^ unit) & 0x3ffff;
}

/** Decides quickly for nearly all hashes that no bucket has them. */
class HashFilter {
  readonly #shift: number;
  readonly #marks: Uint8Array;

  /** @param count Of hashes. The size is in proportion: many finders are made, most of them for a few short texts. */
  constructor(count: number) {
    const bits = Math.min(18, 6 + Math.ceil(Math.log2(count + 1)));
    this.#shift = 32 - bits;
    this.#marks = new Uint8Array(2 ** bits);
  }

  add(hash: number): void {
    this.#marks[this.#place(hash)] = 1;
  }

  mayHave(hash: number): boolean {
    return this.#marks[this.#place(hash)] === 1;
  }

  #place(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> this.#shift;
  }
}

function findAll(text: string, filter: HashFilter, buckets: ReadonlyMap<number, Bucket>): Span[] {
  const found: Span[] = [];
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = addUnit(hash, text.charCodeAt(index));
    if (!filter.mayHave(hash) || index < shortest - 1) continue;
    const bucket = buckets.get(hash);
    const start = index - shortest + 1;
    const length = bucket === undefined ? 0 : longestAt(text, start, bucket);
    if (length > 0) found.push([start, start + length]);
  }
  return found;
}

/** Finds the longest pattern at every position. */
export function createFinder(patterns: readonly string[]): Find {
  const buckets = new Map<number, Bucket>();
  for (const pattern of new Set(patterns)) {
    // A value of asterisks and blanks cannot be distinguished from a mask.
    if (pattern.length < shortest || /^[*\s]*$/.test(pattern)) continue;
    let hash = 0;
    for (let unit = 0; unit < shortest; unit++) hash = addUnit(hash, pattern.charCodeAt(unit));
    const bucket = buckets.get(hash) ?? { patterns: [], shorter: [] };
    bucket.patterns.push(pattern);
    buckets.set(hash, bucket);
  }
  buckets.forEach(addShorter);
  const filter = new HashFilter(buckets.size);
  for (const hash of buckets.keys()) filter.add(hash);
  return (text) => (buckets.size === 0 ? [] : findAll(text, filter, buckets));
}
