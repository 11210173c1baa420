import type { Step } from '../script/script.ts';
import type { Callable } from './callable.ts';
import type { Frame } from './frame.ts';

/** A function that is running, or the operation. */
export interface ActiveCall {
  callable: Callable;
  /** Functions around it. */
  depth: number;
  /** The step that called it, with what that sees; undefined of the operation. */
  from: { step: Step; frame: Frame; call: ActiveCall } | undefined;
}
