/** A piece of a text that is substituted. Offsets are places in that text. */
export type TextPart = { start: number; end: number } & (
  | { kind: 'text'; text: string }
  /** `%Name%`; with `%Name::$text%` the fallback stands for null and for what does not exist. */
  | { kind: 'variable'; name: string; fallback: string | undefined }
  /** What stands between `%{` and `}%`. */
  | { kind: 'expression'; text: string }
);

const token = /%\{([\s\S]*?)\}%|%([A-Za-z_]\w*)(?:::\$(\w*))?%/g;

/** Cuts a text into what stays and what is put in its place. Source: specification b.1; all other `%` stay as they are. */
export function splitTokens(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  const keep = (end: number): void => {
    if (end > done) parts.push({ kind: 'text', text: text.slice(done, end), start: done, end });
  };
  for (const { index, 0: whole, 1: expression, 2: name, 3: fallback } of text.matchAll(token)) {
    keep(index);
    const place = { start: index, end: index + whole.length };
    if (name === undefined) parts.push({ kind: 'expression', text: expression ?? '', ...place });
    else parts.push({ kind: 'variable', name, fallback, ...place });
    done = place.end;
  }
  keep(text.length);
  return parts;
}

/** Whether anything is put into the text. */
export function hasToken(text: string): boolean {
  return splitTokens(text).some(({ kind }) => kind !== 'text');
}
