import { spellingsOf } from './spellings-of.ts';

/** What `shorten` puts where it cuts. */
const mark = '…';

/** Fewer letters say nothing, and stand at the end of many texts. */
const fewest = 2;

/** Masks what is left of a secret where a text was cut within it: no masker knows its beginning alone. */
export function maskCut(text: string, values: readonly string[], maskWord: string): string {
  if (!text.includes(mark)) return text;
  const spelled = new Set(
    values.flatMap((value) => {
      const { plain, escaped, quoted, encoded } = spellingsOf(value);
      return [...plain, ...escaped, ...quoted, ...encoded];
    }),
  );
  const parts = text.split(mark);
  const last = parts.pop() ?? '';
  return [...parts.map((part) => withoutEnd(part, spelled, maskWord)), last].join(mark);
}

function withoutEnd(part: string, spelled: ReadonlySet<string>, maskWord: string): string {
  let longest = 0;
  for (const each of spelled) {
    let length = Math.min(each.length - 1, part.length);
    while (length > longest && !part.endsWith(each.slice(0, length))) length--;
    longest = Math.max(longest, length);
  }
  return longest < fewest ? part : part.slice(0, -longest) + maskWord;
}
