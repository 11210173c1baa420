/** Offsets of the word that a place is in or at the end of; both the place itself where there is none. @param part What words are made of */
export function wordAt(text: string, offset: number, part = /\w/): { start: number; end: number } {
  let [start, end] = [offset, offset];
  while (start > 0 && part.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && part.test(text.charAt(end))) end += 1;
  return { start, end };
}
