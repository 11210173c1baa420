/**
 * The words of a command line as a shell of the Bourne family reads them. Nothing is expanded; a quote that is still open ends with the line.
 * @returns The last one is what is being typed; empty after a blank.
 */
export function splitLine(line: string): string[] {
  const words = [''];
  const add = (text: string): void => {
    words.push((words.pop() ?? '') + text);
  };
  for (const [part] of line.matchAll(/\s+|'[^']*'?|"(?:[^"\\]|\\[\s\S]?)*"?|\\[\s\S]?|[^\s'"\\]+/g)) {
    if (/^\s/.test(part)) words.push('');
    else if (part.startsWith("'")) add(part.slice(1).replace(/'$/, ''));
    else if (part.startsWith('"')) add(unquote(part));
    else add(part.startsWith('\\') ? part.slice(1) : part);
  }
  return words;
}

function unquote(part: string): string {
  const isClosed = /^"(?:[^"\\]|\\[\s\S])*"$/.test(part);
  return part.slice(1, isClosed ? -1 : undefined).replace(/\\(["\\$`])/g, '$1');
}
