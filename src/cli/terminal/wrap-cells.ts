const segmenter = new Intl.Segmenter();
/** Two cells wide in a terminal. Source: Unicode Standard Annex #11, by script; the halfwidth forms are narrow. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6\ufe0f]/u;
const halfwidth = /^[\uff61-\uffdc]/;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]+$/u;
/** Needs neither of the above, like most texts. */
const plain = /^[\x20-\x7e]*$/;

interface Cluster {
  text: string;
  cells: number;
}

/** What a terminal moves as one: a letter with its accents, an emoji of several parts. */
function clustersOf(text: string): Cluster[] {
  return Array.from(segmenter.segment(text), ({ segment }) => ({ text: segment, cells: widthOf(segment) }));
}

function widthOf(cluster: string): number {
  if (invisible.test(cluster)) return 0;
  return wide.test(cluster) && !halfwidth.test(cluster) ? 2 : 1;
}

/** Cells that a line without control characters takes in a terminal. */
export function cellsOf(text: string): number {
  return plain.test(text) ? text.length : clustersOf(text).reduce((sum, { cells }) => sum + cells, 0);
}

export function padCells(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}

/** The line, or its start and an ellipsis. */
export function cutCells(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let start = '';
  let used = 0;
  for (const cluster of clustersOf(text)) {
    if (used + cluster.cells > cells - 1) break;
    start += cluster.text;
    used += cluster.cells;
  }
  return `${start}…`;
}

/** Lines of at most so many cells, broken at blanks if there are any. At least one line. */
export function wrapCells(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const feed = (): void => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const [word] of text.matchAll(/\s*\S+|\s+$/g)) {
    const width = cellsOf(word);
    if (used + width <= cells) {
      line += word;
      used += width;
      continue;
    }
    if (used > 0 && cellsOf(word.trimStart()) <= cells) {
      feed();
      line = word.trimStart();
      used = cellsOf(line);
      continue;
    }
    for (const cluster of clustersOf(used > 0 ? word : word.trimStart())) {
      if (used + cluster.cells > cells) feed();
      line += cluster.text;
      used += cluster.cells;
    }
  }
  feed();
  return lines;
}
