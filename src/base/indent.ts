/** Two blanks before each line that is not empty, unless told otherwise. */
export function indent(text: string, blanks = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(blanks));
}
