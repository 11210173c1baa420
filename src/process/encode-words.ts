/** Texts without NUL, for a program of ours; as `read_words` of descriptors.py reads them. */
export function encodeWords(words: readonly string[]): Buffer {
  const body = Buffer.from(words.join('\0'));
  return Buffer.concat([Buffer.from(`${body.length}\n`), body]);
}
