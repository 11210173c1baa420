import { describeTraceEvent } from '../../platform/engine/describe-trace-event.ts';
import type { TraceEvent } from '../../platform/engine/trace-event.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** One event as lines, indented by its depth, with its time. */
export function renderTraceEvent(event: TraceEvent, paint: Paint): string {
  const indent = '  '.repeat(event.depth);
  const lines = describeTraceEvent(event).map((line) => `${indent}${sanitize(line)}`);
  const time = String(event.t).padStart(7);
  return lines.map((line) => `${paint('dim', `${time} `)}${isBad(event) ? paint('red', line) : line}`).join('\n');
}

function isBad({ error, kind }: TraceEvent): boolean {
  return error !== undefined || kind === 'warn';
}
