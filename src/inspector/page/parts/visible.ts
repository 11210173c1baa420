import { renderDuration } from '../../../base/parse-duration.ts';
import type { Value } from '../state/step.ts';

/** Characters that show nothing, or change how others are shown. */
const hidden = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** A text with what is hidden in it made visible; line ends and tabs stay. */
export function visible(text: string): string {
  return text.replace(hidden, (each) => {
    const code = each.codePointAt(0) ?? 0;
    if (code === 9 || code === 10) return each;
    if (code < 32) return String.fromCodePoint(0x2400 + code);
    return code === 127 ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** JSON with the same meaning, in which nothing is hidden; line ends between its parts stay. */
export function escapeHidden(json: string): string {
  return json.replace(hidden, (each) => (each === '\n' ? each : escapeCharacter(each)));
}

/** In a text of JSON. */
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Of a list or mapping that stands in one line. */
const shortCharacters = 48;

/** A value in a cell, as JSON. */
export function showValue(value: Value | undefined): string {
  if (value === undefined) return '';
  const short = JSON.stringify(value);
  const isShort = typeof value !== 'object' || short.length <= shortCharacters;
  return visible(isShort ? short : JSON.stringify(value, undefined, 2));
}

/** JSON with two blanks for each level, and every number as it was written. */
export function indentJson(text: string): string {
  let level = 0;
  const line = (): string => `\n${'  '.repeat(level)}`;
  const indented = text.replace(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|\s+/g, (token) => {
    if (token.startsWith('"') || token.length > 1) return /^\s+$/.test(token) ? '' : token;
    if (token === '{' || token === '[') {
      level += 1;
      return token + line();
    }
    if (token === '}' || token === ']') {
      level -= 1;
      return line() + token;
    }
    if (token === ',') return token + line();
    return token === ':' ? ': ' : '';
  });
  return indented.replace(/[\x7f-\x9f\u2028\u2029]/g, escapeCharacter);
}

/** `+2.8 s`; minutes where seconds say little. */
export function showOffset(ms: number): string {
  return `+${showSpan(ms)}`;
}

export function showSpan(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 10) return renderDuration(Math.max(0, ms));
  if (minutes < 120) return `${Math.round(minutes)} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

export function showAge(at: string, now: number): string {
  const seconds = Math.round((now - Date.parse(at)) / 1000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 10) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}

/** `1,234` */
export function showCount(count: number): string {
  return count.toLocaleString('en-US');
}

export function plural(count: number, word: string): string {
  return `${showCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** `4.2 KiB` */
export function showBytes(bytes: unknown): string {
  if (typeof bytes !== 'number') return '–';
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
