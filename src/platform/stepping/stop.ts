import type { ActiveStep } from '../engine/active-step.ts';
import type { StepFailure } from '../engine/step-failure.ts';

/** A run that waits for somebody who looks at it. */
export interface Stop {
  /** The step that comes next, or the one that failed. */
  active: ActiveStep;
  /** The breakpoint that was reached, if it was one. */
  breakpoint: string | undefined;
  /** What has failed; it goes on to the `Catch` around it afterwards. */
  failure: StepFailure | undefined;
}

/** How a run goes on after a stop: to the next step of this function, into what is called, out of this function, or on. */
export type Resumption = 'next' | 'into' | 'out' | 'on' | 'quit';
