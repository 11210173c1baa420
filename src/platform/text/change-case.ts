/** Source: .NET in the invariant culture: unit by unit, so that "ß" stays; these two have no partner there. */
const fixed = new Set(['\u0130', '\u0131']);

const isPlain = /^[\x00-\x7f]*$/;

/** `ToUpper`, `ToLower` of the invariant culture. */
export function changeCase(text: string, to: 'upper' | 'lower'): string {
  const change = (part: string): string => (to === 'upper' ? part.toUpperCase() : part.toLowerCase());
  if (isPlain.test(text)) return change(text);
  let changed = '';
  for (const character of text) {
    const other = change(character);
    changed += other.length === character.length && !fixed.has(character) ? other : character;
  }
  return changed;
}
