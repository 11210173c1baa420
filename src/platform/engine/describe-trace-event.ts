import type { TraceEvent } from './trace-event.ts';

/** Faster steps would only fill the screen with their times. */
const slowMs = 2;

/** One event in the phrases of the appliance's task logs, so that both can be compared; not yet indented. */
export function describeTraceEvent(event: TraceEvent): string[] {
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

function pairs(values: TraceEvent['in']): string[] {
  return Object.entries(values ?? {}).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
}
