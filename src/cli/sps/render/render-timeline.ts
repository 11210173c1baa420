import { renderDuration } from '../../../base/parse-duration.ts';
import type { LogLine } from '../../../process/output/log-collector.ts';
import type { ShownStep } from '../../../sps/store/shown-step.ts';
import {
  layTimeline,
  type Pressure,
  type Timeline,
  type TimelineRow,
  type Tone,
} from '../../../timeline/lay-timeline.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { cellsOf, cutCells, padCells } from '../../terminal/wrap-cells.ts';
import { renderStepDetails } from './render-step-details.ts';

export interface TimelineOptions {
  /** Cells that a line may have; fewer than 60 count as 60. */
  columns: number;
  paint: Paint;
  /** With what the SDK keeps for itself in the cookies. */
  showsAll?: boolean | undefined;
  /** What the plugins wrote, by number of the step; without it no log is shown. */
  logs?: ReadonlyMap<number, readonly LogLine[]> | undefined;
}

const minimumColumns = 60;
/** A shorter bar shows nothing; a longer one shows no more. */
const barCells = { least: 8, most: 100 };
const gap = '  ';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A row as text. */
interface Cells {
  n: string;
  /** Since the start of the first step. */
  at: string;
  hook: string;
  result: string;
  time: string;
}

const colours: Record<Tone, 'red' | 'yellow' | 'cyan' | 'green'> = {
  failed: 'red',
  denied: 'yellow',
  asked: 'cyan',
  good: 'green',
};

const barColours: Record<Pressure, 'red' | 'yellow' | 'green'> = { high: 'red', half: 'yellow', low: 'green' };

/**
 * The steps of a session in their order: when each began, how much of its time it used, its result, what it did to the cookies, what
 * the user was asked. The steps are shown as they are, so pass masked ones.
 */
export function renderTimeline(
  steps: readonly ShownStep[],
  { columns, paint, showsAll, logs }: TimelineOptions,
): string {
  if (steps.length === 0) return 'no step yet';
  const width = Math.max(columns, minimumColumns);
  const timeline = layTimeline(steps);
  const texts = timeline.rows.map(toCells);
  const widths = {
    n: widest(texts, 'n'),
    at: widest(texts, 'at'),
    hook: widest(texts, 'hook'),
    result: widest(texts, 'result'),
    time: widest(texts, 'time'),
  };
  const indent = widths.n + gap.length;
  const beforeBar = indent + widths.at + widths.hook + widths.result + 3 * gap.length;
  const left = width - beforeBar - gap.length - widths.time;
  const bar = left < barCells.least ? 0 : Math.min(left, barCells.most);
  const lines = bar === 0 ? [] : [' '.repeat(beforeBar) + paint('dim', renderAxis(timeline, bar))];
  timeline.rows.forEach((row, index) => {
    const { step, plugin, tone } = row;
    const text = texts[index] ?? toCells(row);
    if (plugin !== undefined) lines.push(paint('bold', cutCells(sanitize(plugin), width)));
    const cells = [
      text.n.padStart(widths.n),
      paint('dim', text.at.padStart(widths.at)),
      padCells(text.hook, widths.hook),
      paint(colours[tone], padCells(text.result, widths.result)),
      ...(bar === 0 ? [] : [renderBar(row, bar, paint)]),
      text.time.padStart(widths.time),
    ];
    lines.push(cells.join(gap).trimEnd());
    // A log may have a million lines: too many to pass as arguments.
    for (const line of renderStepDetails(step, { indent, width, paint, showsAll, logLines: logs?.get(step.n) }))
      lines.push(line);
  });
  return [...lines, '', paint('dim', cutCells(renderSum(timeline), width))].join('\n');
}

function toCells({ step: { n, hook, outcome, deadline }, atMs, result }: TimelineRow<ShownStep>): Cells {
  return {
    n: String(n),
    at: `+${renderSpan(atMs)}`,
    hook,
    result,
    time: `${renderDuration(outcome.durationMs)} of ${renderDuration(deadline.pluginTimeoutMs)}`,
  };
}

function widest(texts: readonly Cells[], column: keyof Cells): number {
  return texts.reduce((most, text) => Math.max(most, cellsOf(text[column])), 0);
}

/** Times where all steps had the same one, else the whole of each. A mark stands where there is room for it. */
function renderAxis({ allowedMs, marks }: Timeline<ShownStep>, cells: number): string {
  const end = allowedMs === undefined ? '100 %' : renderDuration(allowedMs);
  let axis = '0';
  for (const { timeMs, at } of marks) {
    const text = renderDuration(timeMs);
    const start = Math.floor(at * cells - text.length / 2);
    if (start <= axis.length || start + text.length >= cells - end.length) continue;
    axis = axis.padEnd(start) + text;
  }
  return axis + end.padStart(cells - axis.length);
}

/** Used time is drawn at least as a thin line; half of what is allowed or more with another pattern. */
function renderBar({ length, pressure }: TimelineRow<ShownStep>, cells: number, paint: Paint): string {
  const parts = Math.max(1, Math.round(length * cells * 8));
  const whole = Math.floor(parts / 8);
  const used = pressure === 'low' ? '█'.repeat(whole) + (eighths[parts % 8] ?? '') : '▓'.repeat(whole);
  return paint(barColours[pressure], used) + paint('dim', '·'.repeat(cells - used.length));
}

function renderSum({ rows, wholeMs, inPluginsMs }: Timeline<ShownStep>): string {
  const count = rows.length === 1 ? '1 step' : `${rows.length} steps`;
  return `${count} in ${renderSpan(wholeMs)}, ${renderSpan(inPluginsMs)} of it in plugins`;
}

/** As a duration; above ten minutes in the units that people use. */
function renderSpan(spanMs: number): string {
  const minutes = spanMs / 60_000;
  if (minutes < 10) return renderDuration(Math.max(0, spanMs));
  if (minutes < 120) return `${Math.round(minutes)} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
