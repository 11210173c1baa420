import type { ActiveStep } from './active-step.ts';
import type { StepFailure } from './step-failure.ts';

/** Who looks at a run from outside. What it returns is waited for, as a breakpoint needs it; what it throws ends the run. */
export interface StepWatcher {
  /** Called before each step. */
  before: (active: ActiveStep) => void | Promise<void>;
  /** Called where an error arises, before any `Catch` sees it. */
  failed?: (active: ActiveStep, failure: StepFailure) => void | Promise<void>;
}
