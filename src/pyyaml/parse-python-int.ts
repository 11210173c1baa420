/** The value as Python's `int(text, base)` reads it; undefined where it raises. */
export function parsePythonInt(text: string, base: 2 | 8 | 10 | 16): bigint | undefined {
  const prefixes = { 2: '0b', 8: '0o', 10: '', 16: '0x' };
  const { sign, rest } = splitSign(text);
  const prefix = prefixes[base];
  const digits = prefix !== '' && rest.toLowerCase().startsWith(prefix) ? rest.slice(2) : rest;
  if (!digitPatterns[base].test(digits)) return undefined;
  if (base === 10 && digits.length > maxDigits) return undefined;
  return sign * BigInt(prefix + digits);
}

/** Python refuses to read longer decimal integers. Source: CPython 3.11, integer string conversion length limit. */
const maxDigits = 4300;
const digitPatterns = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-f]+$/i };

/** The value as Python's `float(text)` reads it; undefined where it raises. */
export function parsePythonFloat(text: string): number | undefined {
  const { sign, rest } = splitSign(text.toLowerCase());
  if (rest === 'inf' || rest === 'infinity') return Number(sign) * Infinity;
  if (rest === 'nan') return NaN;
  if (!/^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?$/.test(rest)) return undefined;
  return Number(sign) * Number(rest);
}

/** Digits of every script become those of ASCII, as Python's numbers and its `\d` take them. */
export function toAsciiDigits(text: string): string {
  if (isAscii(text)) return text;
  return text.replace(/\p{Nd}/gu, digitOf);
}

/** Unicode keeps the ten digits of a script together, in order, and after each other: counting back finds the zero. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let run = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - run - 1))) run += 1;
  return String(run % 10);
}

// Python strips more from a text that is not pure ASCII.
const asciiSpace = /[\t-\r ]/;
const anySpace = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function strip(text: string, space: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.test(text.charAt(start))) start++;
  while (end > start && space.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function splitSign(text: string): { sign: 1n | -1n; rest: string } {
  const trimmed = toAsciiDigits(strip(text, isAscii(text) ? asciiSpace : anySpace));
  const rest = /^[-+]/.test(trimmed) ? trimmed.slice(1) : trimmed;
  return { sign: trimmed.startsWith('-') ? -1n : 1n, rest };
}

export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
