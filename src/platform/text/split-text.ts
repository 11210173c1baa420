import { isWhiteSpace } from './trim-text.ts';

/**
 * `String.Split`: at each of the separators, the first of them that fits; without any, at white space. After `limit` - 1 pieces
 * the rest is one piece. Source: .NET.
 */
export function splitText(text: string, separators: readonly string[], limit: number, removesEmpty = false): string[] {
  const cuts = separators.filter((separator) => separator !== '');
  const pieces: string[] = [];
  if (limit === 0) return pieces;
  const keep = (piece: string): void => {
    if (!removesEmpty || piece !== '') pieces.push(piece);
  };
  let start = 0;
  for (let at = 0; at < text.length && pieces.length < limit - 1;) {
    const width = separators.length === 0 ? Number(isWhiteSpace(text.charCodeAt(at))) : widthOfCut(text, at, cuts);
    if (width > 0) {
      keep(text.slice(start, at));
      start = at + width;
    }
    at += width || 1;
  }
  // The last piece of a limited number begins with no separator when empty ones are removed.
  if (removesEmpty && pieces.length === limit - 1) start = skipCuts(text, start, separators, cuts);
  keep(text.slice(start));
  return pieces;
}

function widthOfCut(text: string, at: number, cuts: readonly string[]): number {
  return cuts.find((cut) => text.startsWith(cut, at))?.length ?? 0;
}

function skipCuts(text: string, start: number, separators: readonly string[], cuts: readonly string[]): number {
  let at = start;
  for (;;) {
    const width = separators.length === 0 ? Number(isWhiteSpace(text.charCodeAt(at))) : widthOfCut(text, at, cuts);
    if (width === 0 || at >= text.length) return at;
    at += width;
  }
}
