import type { MeasuredFile } from '../coverage-report.ts';

/** Lines as tools for coverage read them (genhtml, Codecov, editors); 1 stands for any number of runs. Source: geninfo(1), tracefile format. */
export function renderLcov(files: readonly MeasuredFile[]): string {
  const rows = files.flatMap(({ file, lines, covered }) => [
    'TN:',
    `SF:${file}`,
    ...lines.map((line) => `DA:${line},${covered.has(line) ? 1 : 0}`),
    `LF:${lines.length}`,
    `LH:${lines.filter((line) => covered.has(line)).length}`,
    'end_of_record',
  ]);
  return rows.map((row) => `${row}\n`).join('');
}
