import { shorten } from '../../base/shorten.ts';
import type { KvGroup } from '../format/kv-group.ts';

export interface Complaint {
  message: string;
  hint?: string;
}

/** The message for each error. Keys and names are quoted, values never: one may be a password. */
export const complaints = {
  empty: {
    message: 'no group at all',
    hint: 'A message is one group: "" "" = { "retval" = "0" }. Was the answer printed, and flushed, on standard output?',
  },
  endsEarly(open: KvGroup | undefined): Complaint {
    if (open === undefined) return { message: 'the input ends before the { of the root group' };
    return {
      message: `the input ends inside the group ${show(open)}`,
      hint: 'A } is missing: for this group, or for one inside it.',
    };
  },
  notClosed: {
    message: 'the string is not closed before the input ends',
    hint: 'Close it with ". A quote inside it is written \\".',
  },
  notClosedOnLine(line: string): Complaint {
    return {
      message: 'the string is not closed on its line, and what follows does not fit',
      hint:
        typography(line) ?? 'Close it with "; the line has an odd number of quotes. A quote inside it is written \\".',
    };
  },
  lineBreak: {
    message: 'a line break inside a string',
    hint: 'Write \\n for it, or close the string with " before the line ends.',
  },
  equalsMissing(key: string, name: string | undefined): Complaint {
    return { message: 'expected = before {', hint: `Write ${quoteShort(key)} ${quoteShort(name ?? '')} = {.` };
  },
  threeInARow: {
    message: 'expected =, got a third key or name in a row',
    hint: 'A pair is "key" = "value", a group "key" "name" = { … }: is a = or a quote missing?',
  },
  noContents: {
    message: 'expected = and a value after a key',
    hint: 'A pair is "key" = "value"; only V2.0 has lists of values.',
  },
  valueMissing(key: string): Complaint {
    return {
      message: `expected a value or { after the = of ${quoteShort(key)}`,
      hint: 'An empty value is written "".',
    };
  },
  namedPair(key: string, name: string): Complaint {
    return {
      message: `the pair ${quoteShort(key)} has a name, ${quoteShort(name)}; only groups have one`,
      hint: `Write ${quoteShort(key)} = and the value, or { … } for a group.`,
    };
  },
  equalsAfterPair(key: string, name: string): Complaint {
    return {
      message: 'unexpected = after a pair',
      hint: `A group has no = between key and name: write ${quoteShort(key)} ${quoteShort(name)} = {.`,
    };
  },
  unexpected({ text, start }: { text: string; start: number }): Complaint {
    return {
      message: `unexpected ${text.charAt(start)}; expected a key in quotes`,
      hint: 'Write "key" "name" = before {.',
    };
  },
  separator: {
    message: 'a separator, which only V2.0 has',
    hint: 'Leave out ; and ,: white space separates items. Or begin with # KVGROUP-V2.0.',
  },
  word(word: string): Complaint {
    return {
      message: 'a key, name or value without quotes',
      hint: typography(word) ?? 'Write keys, names and values in quotes: "retval" = "0".',
    };
  },
  strayText: {
    message: 'text before the group',
    hint: 'Text before the KVGroup: a print statement? Standard output is for the answer alone; write to standard error.',
  },
  nameless(key: string): Complaint {
    return { message: `the group ${quoteShort(key)} has no name`, hint: `Write ${quoteShort(key)} "" = {.` };
  },
  closeAtRoot: { message: 'unexpected }; expected the root group', hint: 'Nothing is open here: remove it.' },
  pairAtRoot: {
    message: 'a pair outside any group',
    hint: 'Put it into the root group: "" "" = { … }.',
  },
  afterRoot(root: KvGroup, character: string): Complaint {
    const message = `content after the end of the root group ${show(root)}`;
    if (character === '}')
      return { message, hint: 'One } too many: remove it, or add the { of the group that it should close.' };
    return {
      message,
      hint: 'An answer is one group. A print statement after it, a second group, a stray quote? Remove it.',
    };
  },
  tooDeep(maxDepth: number): Complaint {
    return { message: `groups are nested deeper than ${maxDepth}`, hint: 'Raise maxDepth if this is intended.' };
  },
  tooMany(maxItems: number): Complaint {
    return { message: `more than ${maxItems} groups and pairs`, hint: 'Raise maxItems if this is intended.' };
  },
  tooLarge(maxBytes: number): Complaint {
    return { message: `larger than ${maxBytes} bytes`, hint: 'Raise maxBytes if this is intended.' };
  },
  undecodable(encoding: string): Complaint {
    return {
      message: `bytes that are not ${encoding}`,
      hint:
        encoding === 'utf-8'
          ? 'Write UTF-8: PYTHONIOENCODING=utf-8. A plugin that writes cp1252 is read with --stdout-encoding cp1252.'
          : 'Write UTF-8 without a byte-order mark.',
    };
  },
  unknownVersion(version: string): Complaint {
    return {
      message: `unknown version ${version} in the header`,
      hint: 'Known versions are 1.0, 1.1 and 2.0; it is read as 1.0.',
    };
  },
  oddQuotes: 'The line has an odd number of quotes: one is missing, before or after a key or value.',
};

export const foreignComment: Complaint = {
  message: 'a comment of another language',
  hint: 'Use #; such a comment goes to the end of the line.',
};

const quotes = /[“”„‟«»‘’‚′″]/;
const dashes = /[–—]/;

/** Characters that come from a copied page. */
function typography(text: string): string | undefined {
  const quote = quotes.exec(text)?.[0];
  if (quote !== undefined) return `${quote} is a typographic quote, probably from a copied page: write ".`;
  const dash = dashes.exec(text)?.[0];
  return dash === undefined
    ? undefined
    : `${dash} is a dash, probably from a copied page that lists alternatives: write one of them, in quotes.`;
}

function show({ k, n }: { k: string; n?: string }): string {
  return `${quoteShort(k)} ${quoteShort(n ?? '')}`;
}

function quoteShort(text: string): string {
  return `"${shorten(text)}"`;
}
