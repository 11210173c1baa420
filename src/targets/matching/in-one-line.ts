/** A text of several lines as one, for lists where each entry has a line. */
export function inOneLine(text: string): string {
  const [first = '', ...others] = text.trimEnd().split(/\r\n|\r|\n/);
  return [first.trimEnd(), ...others.map((line) => line.trim())].join(' ⏎ ');
}
