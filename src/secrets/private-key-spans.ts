const marker = /-----(BEGIN|END) (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g;
const keyBody =
  /(?:\s*(?:Proc-Type|DEK-Info):[^\n]*(?![^\n]))*(?:\s*[A-Za-z0-9+/=]{24,})+(?:\r?\n[A-Za-z0-9+/=]+(?=[\r\n"'`<\\]|$))?/y;
/** Longer than any key; an END further away belongs to something else. */
const longestKey = 20_000;

/** Where PEM private keys are in a text: from BEGIN to END, or to the end of what looks like the body of a key that was cut. */
export function privateKeySpans(text: string): [start: number, end: number][] {
  if (!text.includes('PRIVATE KEY')) return [];
  const markers = [...text.matchAll(marker)];
  return markers.map(([header, side], index) => {
    const start = markers[index]?.index ?? 0;
    const next = markers[index + 1];
    const end = start + header.length;
    if (side === 'END') return [start, end];
    if (next?.[1] === 'END' && next.index - end < longestKey) return [start, next.index + next[0].length];
    keyBody.lastIndex = 0;
    const body = text.slice(end, Math.min(next?.index ?? text.length, end + longestKey));
    return [start, end + (keyBody.exec(body)?.[0].length ?? 0)];
  });
}
