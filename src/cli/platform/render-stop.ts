import path from 'node:path';
import { walkSteps } from '../../platform/analysis/walk-steps.ts';
import type { Script, Step } from '../../platform/script/script.ts';
import { listCalls } from '../../platform/stepping/list-variables.ts';
import type { Stop } from '../../platform/stepping/stop.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** The script that is looked at, and how it is shown. */
export interface SourceView {
  script: Pick<Script, 'text' | 'lines'>;
  file: string;
  /** Hides secrets. */
  mask: (text: string) => string;
  paint: Paint;
  columns: number;
}

/** Of a step that is longer, its beginning is shown. */
const mostLines = 8;

/** Why and where a run has stopped, and the step as it stands in the script. */
export function renderStop({ active, breakpoint, failure }: Stop, view: SourceView): string {
  const { step, call, run } = active;
  const { paint } = view;
  const name = sanitize(call.callable.block.name);
  const isNamed = breakpoint !== undefined && /^[A-Za-z_]/.test(breakpoint);
  const why = isNamed ? paint('dim', `  (breakpoint ${sanitize(breakpoint)})`) : '';
  const head =
    failure === undefined
      ? `${paint('bold', step.verb.name)} in ${name}${why}`
      : `${paint('red', failure.code)} in ${step.verb.name} of ${name}: ${sanitize(run.secrets.show(failure.text))}`;
  const isInScript = call.callable.library === undefined;
  return [
    `${head}  ${paint('dim', placeOf(step, call.callable.library, view))}`,
    ...(isInScript ? ownLines(step, view) : []),
  ].join('\n');
}

/** The functions that are running, innermost first. */
export function renderCalls({ active }: Stop, view: SourceView): string {
  return listCalls(active)
    .map(
      ({ name, step, library }, index) =>
        `#${index}  ${sanitize(name)}  ${view.paint('dim', placeOf(step, library, view))}`,
    )
    .join('\n');
}

/** So many lines from a line on; the one at which the run is has an arrow. */
export function renderSource(first: number, count: number, at: number | undefined, view: SourceView): string {
  const all = view.script.text.split(/\r\n|\n|\r/);
  const from = Math.max(1, first);
  const shown = all.slice(from - 1, from - 1 + count).map((text) => text.replaceAll('\t', '    '));
  const margin = Math.min(...shown.filter((text) => text.trim() !== '').map((text) => text.search(/\S/)));
  return shown.map((text, index) => renderLine(from + index, text.slice(margin), from + index === at, view)).join('\n');
}

function placeOf(step: Step, library: string | undefined, { script, file }: SourceView): string {
  const place =
    library === undefined ? `${path.basename(file)}:${script.lines.lineOf(step.start)}` : `library ${library}`;
  return sanitize(`${place}  ${step.path}`);
}

/** The lines of a step without those of the steps in it. */
function ownLines(step: Step, view: SourceView): string[] {
  const { lines } = view.script;
  const first = lines.lineOf(step.start);
  const inner = [...walkSteps({ node: step.payload, steps: [step] })][1];
  const last = inner === undefined ? lines.lineOf(step.payload.end) : Math.max(first, lines.lineOf(inner.start) - 1);
  const count = Math.min(mostLines, last - first + 1);
  return [renderSource(first, count, first, view)];
}

function renderLine(number: number, text: string, isAt: boolean, { mask, paint, columns }: SourceView): string {
  const gutter = `${isAt ? '→' : ' '} ${String(number).padStart(4)}  `;
  const clean = sanitize(mask(text));
  const room = Math.max(20, columns - gutter.length);
  const cut = clean.length > room ? `${clean.slice(0, room - 1)}…` : clean;
  return `${paint(isAt ? 'yellow' : 'dim', gutter)}${cut}`;
}
