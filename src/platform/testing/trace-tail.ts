import { inOneLine } from '../../targets/matching/in-one-line.ts';
import type { Show } from '../../targets/matching/telling.ts';
import { describeTraceEvent } from '../engine/describe-trace-event.ts';
import type { TraceEvent } from '../engine/trace-event.ts';

const shownSteps = 6;

/** The last steps of a run. */
export class TraceTail {
  #events: TraceEvent[] = [];
  #starts = 0;

  readonly add = (event: TraceEvent): void => {
    if (event.kind === 'step' && event.phase === 'start' && ++this.#starts > 2 * shownSteps) this.#cut();
    this.#events.push(event);
  };

  /** Lines for people, each indented by the depth of its call. */
  render(show: Show): string {
    this.#cut();
    return this.#events
      .flatMap((event) =>
        describeTraceEvent(event).map((line, index) => {
          // The first line of a step is its verb and its path.
          const isOwn = event.kind === 'step' && event.phase === 'start' && index === 0;
          return `${'  '.repeat(event.depth)}${isOwn ? line : show(inOneLine(line))}`;
        }),
      )
      .join('\n');
  }

  /** Leaves the last steps. */
  #cut(): void {
    const starts = this.#events.flatMap(({ kind, phase }, index) =>
      kind === 'step' && phase === 'start' ? [index] : [],
    );
    this.#events = this.#events.slice(starts.at(-shownSteps) ?? 0);
    this.#starts = Math.min(starts.length, shownSteps);
  }
}
