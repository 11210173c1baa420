/** A text as other programs read it; `at` says where each of its units begins in the original (one more for the end). */
export interface Reading {
  text: string;
  at: Int32Array;
}

/** What one escape stands for: a UTF-16 unit, a code point, or a byte of UTF-8. */
interface Escape {
  code: number;
  end: number;
  isByte: boolean;
}

/** What a backslash and one more character stand for: a control character, or punctuation (unless it begins an escape); else 0. */
const afterBackslash = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return 'abtnvfr'.includes(letter) ? 7 + 'abtnvfr'.indexOf(letter) : /[!-$'-/:-@[-`{-~ ]/.test(letter) ? code : 0;
});
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The number that so many hexadecimal digits give, -1 when they are not there. */
function hexAt(text: string, from: number, digits: number): number {
  let value = 0;
  for (let index = from; index < from + digits; index++) {
    const unit = text.charCodeAt(index);
    const letter = unit | 0x20;
    if (unit >= 0x30 && unit <= 0x39) value = value * 16 + unit - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) value = value * 16 + letter - 0x57;
    else return -1;
  }
  return value;
}

function take(found: Escape, code: number, end: number, isByte = false): boolean {
  if (code < 0 || code > 0x10ffff) return false;
  found.code = code;
  found.end = end;
  found.isByte = isByte;
  return true;
}

/** String literals of JSON, JavaScript, Python (bytes too) and C; before punctuation also shells and patterns. */
function readBackslash(text: string, from: number, found: Escape): boolean {
  const letter = text.charCodeAt(from + 1);
  const simple = afterBackslash[letter] ?? 0;
  if (simple !== 0) return take(found, simple, from + 2);
  if (letter === 0x75 && text[from + 2] !== '{') return take(found, hexAt(text, from + 2, 4), from + 6); // u
  if (letter === 0x55) return take(found, hexAt(text, from + 2, 8), from + 10); // U
  if (letter === 0x78) return take(found, hexAt(text, from + 2, 2), from + 4, true); // x
  const [whole, octal, braced] =
    /^\\(?:([0-3]?[0-7]{1,2})|u\{([\da-f]{1,6})\})/i.exec(text.slice(from, from + 10)) ?? [];
  if (whole === undefined) return false;
  const code = octal === undefined ? parseInt(braced ?? '', 16) : parseInt(octal, 8);
  return take(found, code, from + whole.length, octal !== undefined);
}

function readEntity(text: string, from: number, found: Escape): boolean {
  const [whole, decimal, hex, name] =
    /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/i.exec(text.slice(from, from + 10)) ?? [];
  if (whole === undefined) return false;
  const named = entities[(name ?? '').toLowerCase()]?.charCodeAt(0) ?? -1;
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : named;
  return take(found, code, from + whole.length);
}

function readEscape(text: string, from: number, found: Escape): boolean {
  switch (text.charCodeAt(from)) {
    case 0x5c: // backslash
      return readBackslash(text, from, found);
    case 0x25: // %
      if (text.charCodeAt(from + 1) === 0x75) return take(found, hexAt(text, from + 2, 4), from + 6);
      return take(found, hexAt(text, from + 1, 2), from + 3, true);
    case 0x2b: // + in a query is a blank; so it is in what is looked for
      return take(found, 0x20, from + 1);
    case 0x26: // &
      return readEntity(text, from, found);
    case 0x27: // a quote inside a shell's quotes
      if (text.startsWith(`'"'"'`, from)) return take(found, 0x27, from + 5);
      return text.startsWith(`'\\''`, from) && take(found, 0x27, from + 4);
    default:
      return false;
  }
}

/** Bytes written one by one are UTF-8 when they can be, else Latin-1. */
function joinBytes(text: string, found: Escape): void {
  const first = found.code;
  if (first < 0xc2 || first > 0xf4) return;
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = first & (0x3f >> more);
  const next: Escape = { ...found };
  for (let count = 0; count < more; count++) {
    if (!readEscape(text, next.end, next) || !next.isByte || (next.code & 0xc0) !== 0x80) return;
    code = (code << 6) | (next.code & 0x3f);
  }
  if (code <= 0x10ffff) take(found, code, next.end);
}

function fromUnits(units: Uint16Array, length: number): string {
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

function unescapeOnce({ text, at: parent }: { text: string; at?: Int32Array }): Reading | undefined {
  if (!/[\\%&+]|'"'"'/.test(text)) return undefined;
  const units = new Uint16Array(text.length);
  const at = new Int32Array(text.length + 1);
  const found: Escape = { code: 0, end: 0, isByte: false };
  let length = 0;
  let isChanged = false;
  for (let from = 0; from < text.length;) {
    const unit = text.charCodeAt(from);
    at[length] = parent === undefined ? from : (parent[from] ?? 0);
    const mayEscape = unit === 0x5c || (unit >= 0x25 && unit <= 0x2b);
    if (!mayEscape || !readEscape(text, from, found)) {
      units[length++] = unit;
      from++;
      continue;
    }
    isChanged = true;
    if (found.isByte && found.code >= 0x80) joinBytes(text, found);
    if (found.code > 0xffff) {
      at[length + 1] = at[length] ?? 0;
      units[length++] = 0xd7c0 + (found.code >> 10);
      units[length++] = 0xdc00 + (found.code & 0x3ff);
    } else {
      units[length++] = found.code;
    }
    from = found.end;
  }
  at[length] = parent === undefined ? text.length : (parent[text.length] ?? 0);
  return isChanged ? { text: fromUnits(units, length), at } : undefined;
}

/** Programs nest spellings: JSON in JSON in a repr. What is nested deeper is not looked into. */
const deepest = 4;

/**
 * Text without the escapes of string literals, URLs, markup and shells, however nested and mixed: once read, then read again, the last one
 * fully. Two spellings of the same text read the same in the end, so a secret must be read in the same way; before that an escape
 * is not yet read together with what follows it by chance.
 */
export function* readingsOf(text: string): Generator<Reading> {
  let reading: Reading | undefined;
  for (let depth = 0; depth < deepest; depth++) {
    reading = unescapeOnce(reading ?? { text });
    if (reading === undefined) return;
    yield reading;
  }
}

/** Its last reading, itself when it has nothing to be read. */
export function unescapeFully(text: string): string {
  let last = text;
  for (const reading of readingsOf(text)) last = reading.text;
  return last;
}

const base64Line = /^[\w+/ -]{40}$/;

/** The text with the lines of wrapped base64 joined; undefined when it has none. */
export function joinWrapped({ text, at: parent }: { text: string; at?: Int32Array }): Reading | undefined {
  const kept: [start: number, end: number][] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    const last = text[end - 1] === '\r' ? end - 1 : end;
    if (!base64Line.test(text.slice(Math.max(last - 40, 0), last))) continue;
    kept.push([start, last]);
    start = end + 1;
    while (text[start] === ' ' || text[start] === '\t') start++;
  }
  if (kept.length === 0) return undefined;
  kept.push([start, text.length]);
  const at = new Int32Array(text.length + 1);
  let length = 0;
  for (const [from, to] of kept) {
    for (let index = from; index < to; index++) at[length++] = parent?.[index] ?? index;
  }
  at[length] = parent?.[text.length] ?? text.length;
  return { text: kept.map(([from, to]) => text.slice(from, to)).join(''), at };
}
