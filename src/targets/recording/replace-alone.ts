/** Replaces a text where no letter of the kind touches it. */
export function replaceAlone(text: string, searched: string, replacement: string, letter: RegExp): string {
  let replaced = '';
  let from = 0;
  for (let at = text.indexOf(searched); at !== -1; at = text.indexOf(searched, at + 1)) {
    const end = at + searched.length;
    if (at < from || letter.test(text.charAt(at - 1)) || letter.test(text.charAt(end))) continue;
    replaced += text.slice(from, at) + replacement;
    from = end;
  }
  return replaced + text.slice(from);
}

const lineBreaks = ['\n', '\r\n', '\\n', '\\r\\n', '&#10;', '&#13;&#10;', '%0A', '%0D%0A'];

/** Replaces a text of several lines, however their breaks are written. */
export function replaceBlock(text: string, block: string, replacement: string): string {
  const lines = block.trim().split(/\r?\n/);
  return lineBreaks.reduce((rest, lineBreak) => rest.replaceAll(lines.join(lineBreak), () => replacement), text);
}
