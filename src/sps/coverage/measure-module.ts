import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findOwnFiles } from './find-own-files.ts';
import { findStatements, type Statement } from './find-statements.ts';
import type { Measured, MeasuredSource, RecordedPlugin } from './recorded-plugin.ts';

/** Of one script in one process: its functions, and the blocks in them that were counted apart. Source: Chrome DevTools Protocol, Profiler.ScriptCoverage. */
export interface ScriptCoverage {
  url: string;
  functions: { ranges: CountedRange[] }[];
}

interface CountedRange {
  /** In UTF-16 units; of plugins in TypeScript those of the source too, because Node puts blanks in place of the types. */
  startOffset: number;
  endOffset: number;
  count: number;
}

/** The lines of a plugin that were run, as V8 counted them. */
export function measureModule({ plugin, folder }: RecordedPlugin): Measured {
  const measured: Measured = { files: [], warnings: [] };
  const own = pathToFileURL(plugin.root).href;
  const scripts = readCoverage(folder, ({ url }) => url.startsWith(own));
  const byUrl = Map.groupBy(scripts, ({ url }) => url.split(/[?#]/, 1)[0]);
  for (const name of findOwnFiles(plugin)) {
    const file = path.join(plugin.root, name);
    const statements = findStatements(readFileSync(file, 'utf8'), name);
    if (typeof statements === 'string') measured.warnings.push(`the lines of ${name} are not counted: ${statements}`);
    else measured.files.push({ name, ...countLines(statements, byUrl.get(pathToFileURL(file).href) ?? []) });
  }
  return measured;
}

/** What the processes of a plugin left in a folder; what one was ended over is not whole, and left out. */
function readCoverage(folder: string, isWanted: (script: ScriptCoverage) => boolean): ScriptCoverage[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      const { result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { result: ScriptCoverage[] };
      return result.filter(isWanted);
    } catch {
      return [];
    }
  });
}

/** A line is run when a statement that begins on it is. */
export function countLines(
  statements: readonly Statement[],
  scripts: readonly ScriptCoverage[],
): Pick<MeasuredSource, 'lines' | 'covered'> {
  const lines = [...new Set(statements.map(({ line }) => line))].sort((one, other) => one - other);
  const covered = new Set<number>();
  for (const { functions } of scripts) {
    const ranges = functions.flatMap((each) => each.ranges);
    for (const { line, offset } of statements) if (!covered.has(line) && isRun(offset, ranges)) covered.add(line);
  }
  return { lines, covered };
}

/** The innermost range says it. */
function isRun(offset: number, ranges: readonly CountedRange[]): boolean {
  let innermost: CountedRange | undefined;
  for (const range of ranges) {
    const isInside = range.startOffset <= offset && offset < range.endOffset;
    if (isInside && (innermost === undefined || sizeOf(range) <= sizeOf(innermost))) innermost = range;
  }
  return innermost !== undefined && innermost.count > 0;
}

function sizeOf({ startOffset, endOffset }: CountedRange): number {
  return endOffset - startOffset;
}
