import type { ActiveStep } from '../engine/active-step.ts';
import { RunCancelled } from '../engine/run-clock.ts';
import type { StepFailure } from '../engine/step-failure.ts';
import type { StepWatcher } from '../engine/step-watcher.ts';
import type { Breakpoints } from './find-breakpoints.ts';
import type { Resumption, Stop } from './stop.ts';

/** Stops a run where somebody wants to look at it. Its deadline is off meanwhile. */
export class Stepper implements StepWatcher {
  readonly #breakpoints: Breakpoints;
  readonly #look: (stop: Stop) => Promise<Resumption>;
  /** Up to which depth the next step is a stop. */
  #stopDepth: number;
  #hasStopped = false;

  /** @param look Shows a stop, and resolves when the run is to go on */
  constructor(breakpoints: Breakpoints, look: (stop: Stop) => Promise<Resumption>) {
    this.#breakpoints = breakpoints;
    this.#look = look;
    this.#stopDepth = breakpoints.isAtStart ? Infinity : -1;
  }

  /** The steps of a library stand in no file, so that none of them is a stop. */
  before(active: ActiveStep): Promise<void> | undefined {
    const breakpoint = this.#breakpoints.steps.get(active.step);
    const { depth, callable } = active.call;
    const isWanted = breakpoint !== undefined || (depth <= this.#stopDepth && callable.library === undefined);
    return isWanted ? this.#halt({ active, breakpoint, failure: undefined }) : undefined;
  }

  failed(active: ActiveStep, failure: StepFailure): Promise<void> | undefined {
    return this.#breakpoints.isAtErrors ? this.#halt({ active, breakpoint: undefined, failure }) : undefined;
  }

  async #halt(stop: Stop): Promise<void> {
    const { call, run, step } = stop.active;
    if (!this.#hasStopped)
      run.warn('DEADLINE_OFF', 'Somebody stopped the run, without a deadline', step.path, step.start);
    this.#hasStopped = true;
    run.clock.pause();
    try {
      this.#stopDepth = depthOf(await this.#look(stop), call.depth);
    } finally {
      run.clock.resume();
    }
  }
}

/** @throws RunCancelled */
function depthOf(resumption: Resumption, depth: number): number {
  switch (resumption) {
    case 'next':
      return depth;
    case 'into':
      return Infinity;
    case 'out':
      return depth - 1;
    case 'on':
      return -1;
    case 'quit':
      throw new RunCancelled('ended at a breakpoint');
  }
}
