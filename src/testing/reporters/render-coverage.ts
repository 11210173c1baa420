import { withoutControls } from '../../base/without-controls.ts';
import type { CoveredFile, CoverageReport } from '../coverage-report.ts';
import type { PaintReport } from './reporter.ts';

/** As many ranges of lines as a person reads. */
const shownRanges = 12;

/** A table for people: what was run of each file, and which lines were not. */
export function renderCoverage({ files, warnings, ...all }: CoverageReport, paint: PaintReport): string {
  if (files.length + warnings.length === 0) return 'coverage  no plugin was called';
  const rows = files.map((each) => ({ ...each, file: withoutControls(each.file) }));
  const total = { ...all, file: 'all files', missing: [] };
  const width = Math.max(...[...rows, total].map(({ file }) => file.length));
  const line = (each: CoveredFile): string =>
    [
      each.file.padEnd(width),
      String(each.lines).padStart(5),
      String(each.covered).padStart(7),
      each.percent === 100 ? paint('green', '100'.padStart(7)) : String(each.percent).padStart(7),
      renderRanges(each),
    ]
      .join('  ')
      .trimEnd();
  const head = `${'coverage'.padEnd(width)}  lines  covered        %  missing`;
  return [
    ...(rows.length === 0 ? [] : [paint('dim', head), ...rows.map(line)]),
    ...(rows.length > 1 ? [line(total)] : []),
    ...warnings.map((text) => `${paint('bold', 'warning')}  ${withoutControls(text)}`),
  ].join('\n');
}

function renderRanges({ missing }: CoveredFile): string {
  const ranges: [number, number][] = [];
  for (const line of missing) {
    const last = ranges.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const shown = ranges.slice(0, shownRanges).map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
  const left = ranges.length - shown.length;
  return [...shown, ...(left > 0 ? [`… ${left} more`] : [])].join(', ');
}
