import { withoutControls } from '../../base/without-controls.ts';
import type { TestCase, TestReport } from '../test-report.ts';
import type { PaintReport } from './reporter.ts';

interface Row {
  name: string;
  /** By the key of the combination. */
  cells: ReadonlyMap<string, TestCase>;
}

/** A table of the cases that were run with several combinations, one column each: `✓` passed, `✗` failed, `-` skipped. Empty when there is none. */
export function renderCombinations({ suites }: TestReport, paint: PaintReport): string {
  const combined = suites.flatMap(({ file, cases }) => {
    const those = cases.filter(({ combination }) => combination !== undefined);
    return those.length === 0 ? [] : [{ file, cases: those }];
  });
  const byColumns = Map.groupBy(combined, ({ cases }) => JSON.stringify([...new Set(cases.map(keyOf))]));
  return [...byColumns]
    .map(([columns, those]) => renderTable(JSON.parse(columns) as string[], those, paint))
    .join('\n\n');
}

function keyOf({ combination }: TestCase): string {
  return JSON.stringify(combination);
}

function renderTable(
  columns: readonly string[],
  suites: readonly { file: string; cases: readonly TestCase[] }[],
  paint: PaintReport,
): string {
  const combinations = columns.map((each) => JSON.parse(each) as Record<string, string>);
  const axes = Object.keys(combinations[0] ?? {});
  const widths = combinations.map((each) => Math.max(...Object.values(each).map(({ length }) => length)));
  const rows = suites.map(({ file, cases }) => ({ file, rows: rowsOf(cases) }));
  const names = rows.flatMap((suite) => [suite.file, ...suite.rows.map(({ name }) => `  ${name}`)]);
  const first = Math.max(...names.map(({ length }) => length), ...axes.map(({ length }) => length));
  const line = (head: string, cells: readonly string[]): string => `${head}  ${cells.join('  ')}`.trimEnd();
  const heads = axes.map((axis) => {
    const values = combinations.map((each, index) => (each[axis] ?? '').padEnd(widths[index] ?? 0));
    return paint('dim', line(axis.padStart(first), values));
  });
  const body = rows.flatMap((suite) => [
    paint('bold', suite.file),
    ...suite.rows.map(({ name, cells }) =>
      line(
        `  ${name}`.padEnd(first),
        columns.map((column, index) => renderCell(cells.get(column), paint) + ' '.repeat((widths[index] ?? 1) - 1)),
      ),
    ),
  ]);
  return [...heads, ...body].join('\n');
}

/** One for each case; cases of one name stand apart by their line. */
function rowsOf(cases: readonly TestCase[]): Row[] {
  const byCase = Map.groupBy(cases, ({ name, line }) => `${line ?? ''} ${name}`);
  return [...byCase.values()].map((those) => ({
    name: withoutControls(those[0]?.name ?? '').replace(/\s+/g, ' '),
    cells: new Map(those.map((each) => [keyOf(each), each])),
  }));
}

function renderCell(each: TestCase | undefined, paint: PaintReport): string {
  if (each === undefined) return ' ';
  if (each.skipped !== undefined) return paint('dim', '-');
  return each.passed ? paint('green', '✓') : paint('red', '✗');
}
