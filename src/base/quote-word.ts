/** Quoted so that a POSIX shell reads it as one word, and a command in a hint can be pasted. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
