/** The known name that a mistyped one most likely meant, undefined when none is similar. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, distance: distanceOf(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, distance }) => isNear(name.toLowerCase(), each.toLowerCase(), distance))
    .sort((a, b) => a.distance - b.distance);
  return best?.each;
}

/** One in the place of several is the same word. */
function distanceOf(name: string, known: string): number {
  return Math.min(editDistance(name, known), 1 + editDistance(singular(name), singular(known)));
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '');
}

/** Half of a short name is another word; letters in another order are the same one, mistyped. */
function isNear(name: string, known: string, distance: number): boolean {
  if (distance > Math.max(2, Math.floor(known.length / 3))) return false;
  return 2 * distance < Math.max(name.length, known.length) || inOrder(name) === inOrder(known);
}

function inOrder(name: string): string {
  return Array.from(name).sort().join('');
}

/** `Did you mean …?`, or all known names. */
export function renderSuggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
}

/** Levenshtein's distance. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
