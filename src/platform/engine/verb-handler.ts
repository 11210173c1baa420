import type { Sequence } from '../script/script.ts';
import type { Value } from '../values/value.ts';
import type { ActiveStep } from './active-step.ts';
import type { Callable } from './callable.ts';
import type { Frame } from './frame.ts';

/** How a step ends what is around it: `break` the innermost loop, which is the function where there is no loop. */
export interface Flow {
  kind: 'return' | 'break';
  value: Value;
}

/** Runs what is inside of a step. */
export interface InnerSteps {
  /** Steps in a block of their own, inside of the step's or of `frame`. */
  run: (active: ActiveStep, sequence: Sequence | undefined, frame?: Frame) => Promise<Flow | undefined>;
  /** A function; its parameters are in the frame. */
  callFunction: (active: ActiveStep, callable: Callable, frame: Frame) => Promise<Value>;
}

/** What a verb does. */
export type VerbHandler = (active: ActiveStep, inner: InnerSteps) => Flow | undefined | Promise<Flow | undefined>;

/** A verb that only does something, and lets the next step follow. */
export function plainVerb(run: (active: ActiveStep) => void): VerbHandler {
  return (active) => {
    run(active);
    return undefined;
  };
}

/** The same of one that waits for something. */
export function waitingVerb(run: (active: ActiveStep) => Promise<void>): VerbHandler {
  return async (active) => {
    await run(active);
    return undefined;
  };
}
