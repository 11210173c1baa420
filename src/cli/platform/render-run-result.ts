import type { Json } from '../../base/json.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import type { RunError, RunResult } from '../../platform/run/run-result.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import { renderTable } from '../terminal/render-table.ts';
import { sanitize, sanitizeLines } from '../terminal/sanitize.ts';

const colours = { success: 'green', mismatch: 'yellow', failure: 'red', error: 'red', cancelled: 'yellow' } as const;

/** What came of a run, for people. */
export function renderRunResult(result: RunResult, paint: Paint): string {
  const { operation, outcome, value, durationMs, error, response } = result;
  // Who stopped the run and then ended it knows that it had no deadline.
  const problems = result.problems.filter(({ code }) => outcome !== 'cancelled' || code !== 'DEADLINE_OFF');
  const returned = value === null ? '' : ` (${sanitize(show(value))})`;
  const head = `${operation}: ${paint(colours[outcome], outcome)}${returned}  ${paint('dim', renderDuration(durationMs))}`;
  const isLong = response !== null || Object.values(result.discovered).some((records) => records.length > 0);
  return [
    head,
    ...(error === null ? [] : renderError(error, result.script.path, paint)),
    ...renderRecords(result, paint),
    ...(response === null
      ? []
      : ['', paint('bold', 'response'), sanitizeLines(JSON.stringify(response, undefined, 2))]),
    ...(isLong && problems.length > 0 ? [''] : []),
    ...problems.map(({ level, code, message, hint, line }) => {
      const place = line === null || line === undefined ? '' : `line ${line}: `;
      return `${paint(levelColours[level], level)} ${code}  ${place}${sanitize(message)}\n  ${sanitize(hint)}`;
    }),
  ].join('\n');
}

function renderError(error: RunError, file: string, paint: Paint): string[] {
  const { code, message, hint, stack, cause } = error;
  return [
    `${paint('red', code)}  ${sanitizeLines(message)}`,
    `  at ${placeOf(error, file)}`,
    ...stack.map((each) => `  in ${sanitize(each.name)}, called at ${placeOf(each, file)}`),
    ...(cause === null
      ? []
      : [`  first: ${paint('red', cause.code)}  ${sanitizeLines(cause.message)}`, `    at ${placeOf(cause, file)}`]),
    `  ${sanitize(cause?.hint ?? hint)}`, // what is to be mended is where it began
  ];
}

function placeOf({ path, line }: { path: string; line: number | null }, file: string): string {
  return `${line === null ? 'library' : `${file}:${line}`}  ${sanitize(path)}`;
}

function renderRecords({ discovered }: RunResult, paint: Paint): string[] {
  return Object.entries(discovered).flatMap(([kind, records]) => {
    if (records.length === 0) return [];
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const rows = records.map((record) => names.map((name) => sanitize(show(record[name] ?? null))));
    return ['', paint('bold', `${kind} (${records.length})`), renderTable(names, rows, paint)];
  });
}

function show(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
