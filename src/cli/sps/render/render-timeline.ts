import { renderDuration } from '../../../base/parse-duration.ts';
import type { LogLine } from '../../../process/log-collector.ts';
import { isFailure } from '../../../sps/outcome/is-failure.ts';
import type { ShownStep } from '../../../sps/store/shown-step.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { cellsOf, cutCells, padCells } from '../../terminal/wrap-cells.ts';
import { renderStepDetails } from './render-step-details.ts';

export interface TimelineOptions {
  /** Cells that a line may take; fewer than 60 are taken as 60. */
  columns: number;
  paint: Paint;
  /** With what the SDK keeps for itself in the cookies. */
  showsAll?: boolean | undefined;
  /** What the plugins wrote, by number of the step; without it no log is shown. */
  logs?: ReadonlyMap<number, readonly LogLine[]> | undefined;
}

const minimumColumns = 60;
/** A shorter bar says nothing, a longer one no more. */
const barCells = { least: 8, most: 100 };
const axisWithMiddle = 24;
const gap = '  ';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

interface Row {
  n: string;
  /** Since the start of the first step. */
  at: string;
  hook: string;
  result: string;
  time: string;
}

/**
 * The steps of a session in their order: when each began, how much of its time it used, what came of it, what it did to the cookies, what
 * the user was asked. The steps are shown as they are, so masked ones have to be given.
 */
export function renderTimeline(
  steps: readonly ShownStep[],
  { columns, paint, showsAll, logs }: TimelineOptions,
): string {
  const [first] = steps;
  if (first === undefined) return 'no step yet';
  const width = Math.max(columns, minimumColumns);
  const rows = steps.map((step) => toRow(step, first.startedAt));
  const widths = {
    n: widest(rows, 'n'),
    at: widest(rows, 'at'),
    hook: widest(rows, 'hook'),
    result: widest(rows, 'result'),
    time: widest(rows, 'time'),
  };
  const indent = widths.n + gap.length;
  const beforeBar = indent + widths.at + widths.hook + widths.result + 3 * gap.length;
  const left = width - beforeBar - gap.length - widths.time;
  const bar = left < barCells.least ? 0 : Math.min(left, barCells.most);
  const lines = bar === 0 ? [] : [' '.repeat(beforeBar) + paint('dim', renderAxis(steps, bar))];
  let plugin = '';
  steps.forEach((step, index) => {
    const row = rows[index];
    if (row === undefined) return;
    const title = `${step.plugin.name} ${step.plugin.version} (${step.plugin.type})`;
    if (title !== plugin) lines.push(paint('bold', cutCells(sanitize(title), width)));
    plugin = title;
    const cells = [
      row.n.padStart(widths.n),
      paint('dim', row.at.padStart(widths.at)),
      padCells(row.hook, widths.hook),
      paint(colourOf(step), padCells(row.result, widths.result)),
      ...(bar === 0 ? [] : [renderBar(step, bar, paint)]),
      row.time.padStart(widths.time),
    ];
    lines.push(cells.join(gap).trimEnd());
    // A log may have a million lines, too many to be passed as arguments.
    for (const line of renderStepDetails(step, { indent, width, paint, showsAll, logLines: logs?.get(step.n) }))
      lines.push(line);
  });
  return [...lines, '', paint('dim', cutCells(renderSum(steps, first), width))].join('\n');
}

function toRow({ n, startedAt, hook, outcome, verdict, deadline }: ShownStep, start: string): Row {
  const used = renderDuration(outcome.durationMs);
  return {
    n: String(n),
    at: `+${renderSpan(Date.parse(startedAt) - Date.parse(start))}`,
    hook,
    result: outcome.kind === 'returned' ? (verdict ?? 'returned') : outcome.kind,
    time: `${used} of ${renderDuration(deadline.pluginTimeoutMs)}`,
  };
}

function widest(rows: readonly Row[], column: keyof Row): number {
  return Math.max(...rows.map((row) => cellsOf(row[column])));
}

/** Seconds where all steps had the same time, else shares of it. */
function renderAxis(steps: readonly ShownStep[], cells: number): string {
  const allowed = new Set(steps.map(({ deadline }) => deadline.pluginTimeoutMs));
  const [only = 0] = allowed;
  const [middle, end] = allowed.size === 1 ? [renderDuration(only / 2), renderDuration(only)] : ['50 %', '100 %'];
  const half = cells >= axisWithMiddle ? middle : '';
  const beforeHalf = half === '' ? 0 : Math.floor(cells / 2) - Math.ceil(half.length / 2);
  const start = half === '' ? '0' : padCells('0', beforeHalf) + half;
  return start + end.padStart(cells - start.length);
}

/** What was used is drawn at least as a hair. */
function renderBar({ outcome, deadline }: ShownStep, cells: number, paint: Paint): string {
  const share = Math.min(1, Math.max(0, outcome.durationMs / deadline.pluginTimeoutMs));
  const parts = Math.max(1, Math.round(share * cells * 8));
  const used = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
  const colour = share >= 0.8 ? 'red' : share >= 0.5 ? 'yellow' : 'green';
  return paint(colour, used) + paint('dim', '·'.repeat(cells - used.length));
}

function colourOf(step: ShownStep): 'red' | 'yellow' | 'cyan' | 'green' {
  const { verdict } = step;
  if (isFailure(step)) return 'red';
  if (verdict === 'DENY') return 'yellow';
  return verdict === 'NEEDINFO' ? 'cyan' : 'green';
}

/** Between the steps are the user, the target and the host. */
function renderSum(steps: readonly ShownStep[], first: ShownStep): string {
  const inPlugins = steps.reduce((sum, { outcome }) => sum + outcome.durationMs, 0);
  const ends = steps.map(({ startedAt, outcome }) => Date.parse(startedAt) + outcome.durationMs);
  const whole = Math.max(...ends) - Date.parse(first.startedAt);
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  return `${count} in ${renderSpan(whole)}, ${renderSpan(inPlugins)} of it in plugins`;
}

/** As a duration, and beyond ten minutes in the units people think in. */
function renderSpan(spanMs: number): string {
  const minutes = spanMs / 60_000;
  if (minutes < 10) return renderDuration(Math.max(0, spanMs));
  if (minutes < 120) return `${Math.round(minutes)} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
