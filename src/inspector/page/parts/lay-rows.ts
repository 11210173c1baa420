/** Where rows of one height stand, from the top of the first one. */
export interface RowLayout {
  count: number;
  rowHeight: number;
  topOf: (index: number) => number;
}

/** @param gapped Rows that have a gap before them, in ascending order */
export function layRows(count: number, rowHeight: number, gapped: readonly number[] = [], gap = 0): RowLayout {
  return { count, rowHeight, topOf: (index) => index * rowHeight + gap * countUpTo(gapped, index) };
}

/** The last row that begins at a height or above it; 0 when there is none. */
export function rowAt({ count, topOf }: RowLayout, y: number): number {
  return Math.max(0, countWhere(count, (index) => topOf(index) <= y) - 1);
}

function countUpTo(sorted: readonly number[], value: number): number {
  return countWhere(sorted.length, (index) => (sorted[index] ?? 0) <= value);
}

/** How many of the first numbers fulfil what no later one does. */
function countWhere(count: number, isSo: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
