/** Which lines of what was tested were run, in any of the cases. */
export interface CoverageReport {
  /** Of all files together. */
  lines: number;
  covered: number;
  /** Rounded down to one decimal, so that only 100 is all; 100 where there is no line. */
  percent: number;
  files: CoveredFile[];
  /** What could not be measured, and what to do about it. */
  warnings: string[];
}

export interface CoveredFile {
  /** As a message names it: relative to the current folder. */
  file: string;
  /** Lines on which something can be run. */
  lines: number;
  covered: number;
  percent: number;
  /** Those that were not run, from 1, in order. */
  missing: number[];
}

/** Lines of one file, from 1: those on which something can be run, in order, and which of them were. */
export interface MeasuredFile {
  file: string;
  lines: readonly number[];
  covered: ReadonlySet<number>;
}

export function toCoverageReport(files: readonly MeasuredFile[], warnings: readonly string[]): CoverageReport {
  const counted = files.map(({ file, lines, covered }): CoveredFile => {
    const missing = lines.filter((line) => !covered.has(line));
    return { file, ...countOf(lines.length, lines.length - missing.length), missing };
  });
  const sum = (key: 'lines' | 'covered'): number => counted.reduce((total, each) => total + each[key], 0);
  return { ...countOf(sum('lines'), sum('covered')), files: counted, warnings: [...warnings] };
}

function countOf(lines: number, covered: number): Pick<CoveredFile, 'lines' | 'covered' | 'percent'> {
  return { lines, covered, percent: lines === 0 ? 100 : Math.floor((covered / lines) * 1000) / 10 };
}
