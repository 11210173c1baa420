import { describeTraceEvent } from '../../platform/engine/describe-trace-event.ts';
import type { TraceEvent } from '../../platform/engine/trace-event.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** A body of megabytes would push all else out of sight; `--trace-file` has it. */
const longestLine = 1000;

/** One event as lines, indented by its depth, with its time; none of what has a line of its own anyhow. */
export function renderTraceEvent(event: TraceEvent, paint: Paint): string {
  if (event.kind === 'status' || event.kind === 'log') return '';
  const indent = '  '.repeat(event.depth);
  const lines = describeTraceEvent(event).map((line) => `${indent}${sanitize(cut(line))}`);
  const time = String(event.t).padStart(7);
  return lines.map((line) => `${paint('dim', `${time} `)}${isBad(event) ? paint('red', line) : line}`).join('\n');
}

function isBad({ error, kind }: TraceEvent): boolean {
  return error !== undefined || kind === 'warn';
}

function cut(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}… (${line.length} characters)`;
}
