import type { VerbHandler } from '../engine/verb-handler.ts';
import { runCondition } from './run-condition.ts';
import { runFor, runForEach } from './run-for.ts';
import { runBreak, runFunction, runReturn } from './run-function.ts';
import { runSwitch } from './run-switch.ts';
import { runThrow, runTry } from './run-try.ts';

/** `Eval`: an expression for what it changes. */
const runEval: VerbHandler = (active) => {
  active.evaluate('Expression');
  return undefined;
};

/** What decides on the order of steps. */
export const flowHandlers: Readonly<Record<string, VerbHandler>> = {
  Condition: runCondition,
  Switch: runSwitch,
  For: runFor,
  ForEach: runForEach,
  Return: runReturn,
  Break: runBreak,
  Function: runFunction,
  Eval: runEval,
  Try: runTry,
  Throw: runThrow,
};
