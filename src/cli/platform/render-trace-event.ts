import type { TraceEvent } from '../../platform/engine/trace-event.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** One event as a line, in the phrases of the appliance's task logs so that both can be compared. */
export function renderTraceEvent(event: TraceEvent, paint: Paint): string {
  const indent = '  '.repeat(event.depth);
  const lines = linesOf(event).map((line) => `${indent}${sanitize(line)}`);
  const time = String(event.t).padStart(7);
  return lines.map((line) => `${paint('dim', `${time} `)}${isBad(event) ? paint('red', line) : line}`).join('\n');
}

function isBad({ error, kind }: TraceEvent): boolean {
  return error !== undefined || kind === 'warn';
}

function linesOf(event: TraceEvent): string[] {
  const { kind, phase, verb, text = '', why, value, path } = event;
  switch (kind) {
    case 'step':
      return phase === 'start' ? [`Executing ${verb}  ${path}`, ...pairs(event.in)] : endOf(event);
    case 'expr':
      return [`Evaluating expression ${text} = ${JSON.stringify(value)}`];
    case 'branch':
      return [`  ${why ?? ''}`];
    case 'call':
      return [`--- ${text} ---`];
    case 'return':
      return [`--- end of ${text} = ${JSON.stringify(value)} ---`];
    case 'status':
      return [`  Status: ${text}`];
    case 'log':
      return [`  Log: ${text}`];
    case 'response':
      return [`  Response object: ${JSON.stringify(value)}`];
    default:
      return [`  ${text}${why === undefined ? '' : ` [${why}]`}`];
  }
}

function endOf({ verb, set, ms = 0, error }: TraceEvent): string[] {
  const failed = error === undefined ? [] : [`  ${verb} failed: ${error.code} ${error.message}`];
  return [...pairs(set), ...failed, ...(ms >= slowMs ? [`  ${verb} took ${ms} ms`] : [])];
}

/** Faster steps would only fill the screen with their times. */
const slowMs = 2;

function pairs(values: TraceEvent['in']): string[] {
  return Object.entries(values ?? {}).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
}
