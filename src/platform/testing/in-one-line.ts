/** A text of several lines as one, for lists where each entry has a line. */
export function inOneLine(text: string): string {
  return text.trimEnd().replace(/[^\S\r\n]*(?:\r\n|\r|\n)\s*/g, ' ⏎ ');
}
