const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A plugin's text as one line that cannot control a terminal: control characters, line ends, marks that change the direction of writing, and
 * halves of characters are written as escapes.
 */
export function sanitize(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return short[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`);
  });
}

/** The same for a text of several lines, which stay lines; a tab becomes four blanks. */
export function sanitizeLines(text: string): string {
  return text.replaceAll('\t', '    ').split('\n').map(sanitize).join('\n');
}
