/** Fields that are compared as a whole. Source: inspector contract, "Filter". */
const filterFields = [
  'hook',
  'plugin',
  'type',
  'verdict',
  'outcome',
  'user',
  'protocol',
  'origin',
  'ended',
  'session',
  'problem',
] as const;
export type FilterField = (typeof filterFields)[number];

const filterFlags = ['error', 'slow', 'running'] as const;
export type FilterFlag = (typeof filterFlags)[number];

/** One condition; all of a filter must hold. */
export type FilterWord = { isNegated: boolean } & (
  | { kind: 'text'; text: string }
  /** `*` stands for any text. */
  | { kind: 'field'; field: FilterField; text: string }
  | { kind: 'flag'; flag: FilterFlag }
);

export interface Filter {
  /** Their texts are in lower case. */
  words: FilterWord[];
  /** Words with a prefix that is not known, as they were typed; they are taken as bare words. */
  unknown: string[];
}

/** A word with its quoted parts; a quote that is not closed ends with the text. */
const wordPattern = /(-?)((?:"[^"]*(?:"|$)|[^\s"])+)/g;

/** Reads what stands in the address as `q`. A field without a value, which somebody is about to type, is left out. */
export function parseFilter(text: string): Filter {
  const filter: Filter = { words: [], unknown: [] };
  for (const [typed, sign = '', body = ''] of text.matchAll(wordPattern)) {
    const isNegated = sign === '-';
    const [, prefix, rest] = /^([a-z]+):(.*)$/is.exec(body) ?? [];
    const value = unquote(rest ?? body);
    const name = prefix?.toLowerCase();
    const field = filterFields.find((each) => each === name);
    const flag = name === 'is' ? filterFlags.find((each) => each === value) : undefined;
    if (value === '') continue;
    if (field !== undefined) filter.words.push({ isNegated, kind: 'field', field, text: value });
    else if (flag !== undefined) filter.words.push({ isNegated, kind: 'flag', flag });
    else {
      if (prefix !== undefined) filter.unknown.push(typed);
      filter.words.push({ isNegated, kind: 'text', text: unquote(body) });
    }
  }
  return filter;
}

function unquote(text: string): string {
  return text.replaceAll('"', '').toLowerCase();
}
