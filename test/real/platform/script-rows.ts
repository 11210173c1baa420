import { appendFileSync, readFileSync } from 'node:fs';

/** What the run saw of one operation of a script. */
export interface ScriptRow {
  script: string;
  operation: string;
  /** In what state the target was, or what was given. */
  situation: string;
  outcome: string;
  /** What was sent to the target. */
  requests: number;
  commands: number;
  /** Whether the script has an error that had to be passed over. */
  isForced: boolean;
}

/** Appends a row; the file is one JSON document a line. */
export function writeRow(file: string, row: ScriptRow): void {
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** A table with a row for each operation, and what is covered whole of the scripts given: each of its operations was run. */
export function renderRows(file: string, operations: ReadonlyMap<string, readonly string[]>): string {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ScriptRow)
    .sort((one, other) => one.script.localeCompare(other.script));
  const head = ['script', 'operation', 'runs', 'outcome: situations', 'requests', 'commands'];
  const cells = [...Map.groupBy(rows, ({ script, operation }) => `${script} ${operation}`).values()].map(
    renderOperation,
  );
  const lines = [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`);
  return [...lines, '', ...renderCoverage(rows, operations)].join('\n');
}

function renderOperation(rows: readonly ScriptRow[]): string[] {
  const outcomes = [...Map.groupBy(rows, ({ outcome }) => outcome)].map(
    ([outcome, same]) => `${outcome}: ${[...new Set(same.map(({ situation }) => situation))].join('; ')}`,
  );
  const [first] = rows;
  const sum = (count: (row: ScriptRow) => number): string => String(rows.reduce((all, row) => all + count(row), 0));
  return [
    `${first?.script ?? ''}${first?.isForced === true ? ' (--force)' : ''}`,
    first?.operation ?? '',
    String(rows.length),
    outcomes.join('. '),
    sum(({ requests }) => requests),
    sum(({ commands }) => commands),
  ];
}

function renderCoverage(rows: readonly ScriptRow[], operations: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set(rows.map(({ script, operation }) => `${script} ${operation}`));
  const forced = new Set(rows.filter(({ isForced }) => isForced).map(({ script }) => script));
  const all = [...operations].map(([script, names]) => ({
    script,
    left: names.filter((name) => !done.has(`${script} ${name}`)),
    count: names.length,
  }));
  const whole = all.filter(({ left }) => left.length === 0);
  const partly = all.filter(({ left, count }) => left.length > 0 && left.length < count);
  const none = all.filter(({ left, count }) => left.length === count);
  const run = all.reduce((sum, { left, count }) => sum + count - left.length, 0);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return [
    `${whole.length} of ${all.length} scripts covered whole, ${whole.filter(({ script }) => forced.has(script)).length} of them with --force; ${run} of ${total} operations; ${rows.length} runs.`,
    ...partly.map(({ script, left }) => `In part: ${script}, without ${left.join(', ')}.`),
    ...(none.length === 0 ? [] : [`Checked only: ${none.map(({ script }) => script).join(', ')}.`]),
  ];
}
