import type { TraceEvent } from './trace-event.ts';

/** In characters of JSON; an endless loop would fill the memory of the host. */
const mostKept = 32 * 1024 * 1024;

/** The events of a run, as far as there is room for them. */
export class KeptTrace {
  readonly events: TraceEvent[] = [];
  #left = mostKept;

  add(event: TraceEvent): void {
    if (this.#left < 0) return;
    this.events.push(event);
    this.#left -= JSON.stringify(event).length;
    if (this.#left >= 0) return;
    const { seq, t, depth, path, verb } = event;
    this.events.push({ seq, t, depth, path, verb, kind: 'warn', text: 'the rest of the timeline is not kept' });
  }
}
