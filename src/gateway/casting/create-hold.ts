import { createFinder } from '../../secrets/create-finder.ts';
import { spellingsOf } from '../../secrets/spellings-of.ts';

/** Longer spellings are of whole files; the lines of a key are spellings of their own. */
const longestSpelling = 4096;

function spell(value: string): string[] {
  const { plain, escaped, quoted, encoded } = spellingsOf(value);
  return [...plain, ...escaped, ...quoted, ...encoded].filter(({ length }) => length <= longestSpelling);
}

/**
 * Finds where a text must wait for what follows: there a secret begins of which the text has only the first part, in whatever spelling.
 * @param values the secrets
 * @returns the place in the text; its length when nothing has to wait
 */
export function createHold(values: readonly string[]): (text: string) => number {
  const spellings = [...new Set(values.flatMap(spell))].sort();
  const firsts = new Set(spellings.map((spelling) => spelling[0]));
  const longest = spellings.reduce((length, spelling) => Math.max(length, spelling.length), 0);
  const find = createFinder(spellings);

  /** Whether a secret begins with the text and is longer. */
  function isBeginning(text: string): boolean {
    let low = 0;
    for (let high = spellings.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((spellings[middle] ?? '') <= text) low = middle + 1;
      else high = middle;
    }
    return spellings[low]?.startsWith(text) === true;
  }

  return (text) => {
    let at = Math.max(0, text.length - longest + 1);
    while (at < text.length && !(firsts.has(text[at]) && isBeginning(text.slice(at)))) at++;
    if (at === text.length) return at;
    // A whole secret that the place lies in waits too: nobody would know it without its end.
    const spans = find(text).sort(([one], [other]) => other - one);
    for (const [start, end] of spans) if (start < at && at < end) at = start;
    return at;
  };
}
