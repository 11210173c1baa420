/** Source: .NET, `Char.IsWhiteSpace`. JavaScript's own set has U+FEFF and lacks U+0085. */
const codes = new Set([
  0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x2000, 0x2001,
  0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
]);

export function isWhiteSpace(code: number): boolean {
  return codes.has(code);
}

/** Cuts off what the set has: white space, or the given characters. */
export function trimText(text: string, ends: 'both' | 'start' | 'end', units?: string): string {
  const isCut = (at: number): boolean =>
    units === undefined ? isWhiteSpace(text.charCodeAt(at)) : units.includes(text.charAt(at));
  let start = 0;
  let end = text.length;
  if (ends !== 'end') while (start < end && isCut(start)) start++;
  if (ends !== 'start') while (end > start && isCut(end - 1)) end--;
  return text.slice(start, end);
}
