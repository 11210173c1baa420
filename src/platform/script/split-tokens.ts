/** A piece of a text that is substituted. Offsets are places in that text. */
export type TextPart = { start: number; end: number } & (
  | { kind: 'text'; text: string }
  /** `%Name%`; with `%Name::$text%` the fallback stands for null and for what does not exist. */
  | { kind: 'variable'; name: string; fallback: string | undefined }
  /** What stands between `%{` and `}%`. */
  | { kind: 'expression'; text: string }
);

const variable = /%([A-Za-z_]\w*)(?:::\$(\w*))?%/y;

/** Cuts a text into what stays and what is put in its place. Source: specification b.1; all other `%` stay as they are. */
export function splitTokens(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  const keep = (end: number): void => {
    if (end > done) parts.push({ kind: 'text', text: text.slice(done, end), start: done, end });
  };
  const lastEnd = text.lastIndexOf('}%');
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at)) {
    const token = tokenAt(text, at, lastEnd);
    if (token === undefined) {
      at += 1;
      continue;
    }
    keep(at);
    parts.push(token);
    at = done = token.end;
  }
  keep(text.length);
  return parts;
}

function tokenAt(text: string, start: number, lastEnd: number): TextPart | undefined {
  if (text.startsWith('%{', start) && start + 2 <= lastEnd) {
    const end = text.indexOf('}%', start + 2);
    return { kind: 'expression', text: text.slice(start + 2, end), start, end: end + 2 };
  }
  variable.lastIndex = start;
  const [whole, name, fallback] = variable.exec(text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  return { kind: 'variable', name, fallback, start, end: start + whole.length };
}

/** Whether anything is put into the text. */
export function hasToken(text: string): boolean {
  return splitTokens(text).some(({ kind }) => kind !== 'text');
}
