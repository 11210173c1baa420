import { PatternReader } from './parsing/pattern-reader.ts';
import { readEscape } from './parsing/read-escape.ts';

const named: Partial<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

/** `Regex.Escape`. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*+?|{[()^$.# \t\n\f\r]/g, (unit) => named[unit] ?? `\\${unit}`);
}

/** `Regex.Unescape`. */
export function unescapePattern(text: string): string {
  const reader = new PatternReader(text);
  let plain = '';
  while (!reader.isAtEnd) plain += reader.passes('\\') ? String.fromCharCode(readEscape(reader)) : reader.next();
  return plain;
}
