/** Options that may have a number. */
const names = ['--debug', '--slowest'];

/** They take it only after `=` or when it follows: anything else that follows is an argument of the command. */
export function joinNumbers(args: readonly string[]): string[] {
  const isNumberOf = (index: number): boolean =>
    names.includes(args[index - 1] ?? '') && /^\d+$/.test(args[index] ?? '');
  return args.flatMap((word, index) => {
    if (word === '--coverage') return [`${word}=`]; // a file only after `=`
    if (names.includes(word)) return [`${word}=${isNumberOf(index + 1) ? (args[index + 1] ?? '') : ''}`];
    return isNumberOf(index) ? [] : [word];
  });
}
