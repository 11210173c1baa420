import { isWhiteSpace } from './trim-text.ts';

interface Cut {
  at: number;
  width: number;
}

/**
 * `String.Split`: at each of the separators, the first of them that fits; without any, at white space. After `limit` - 1 pieces
 * the rest is one piece. Source: .NET.
 */
export function splitText(text: string, separators: readonly string[], limit: number, removesEmpty = false): string[] {
  const pieces: string[] = [];
  if (limit === 0) return pieces;
  const find = cutFinder(text, separators);
  let start = 0;
  for (let cut = find(0); cut !== undefined && pieces.length < limit - 1; cut = find(start)) {
    if (!removesEmpty || cut.at > start) pieces.push(text.slice(start, cut.at));
    start = cut.at + cut.width;
  }
  // The last piece of a limited number begins with no separator when empty ones are removed.
  if (removesEmpty && pieces.length === limit - 1)
    for (let cut = find(start); cut?.at === start; cut = find(start)) start += cut.width;
  if (!removesEmpty || start < text.length) pieces.push(text.slice(start));
  return pieces;
}

/** Finds the next separator from a place on. */
function cutFinder(text: string, separators: readonly string[]): (from: number) => Cut | undefined {
  const cuts = separators.filter((separator) => separator !== '');
  const [only] = cuts;
  if (cuts.length === 1 && only !== undefined) {
    return (from) => {
      const at = text.indexOf(only, from);
      return at < 0 ? undefined : { at, width: only.length };
    };
  }
  const widthAt = (at: number): number =>
    separators.length === 0
      ? Number(isWhiteSpace(text.charCodeAt(at)))
      : (cuts.find((cut) => text.startsWith(cut, at))?.length ?? 0);
  return (from) => {
    for (let at = from; at < text.length; at++) {
      const width = widthAt(at);
      if (width > 0) return { at, width };
    }
    return undefined;
  };
}
