import { NetworkError } from '../network/network-error.ts';
import type { Sequence, Step } from '../script/script.ts';
import { ScriptError } from '../values/script-error.ts';
import type { Value } from '../values/value.ts';
import type { ActiveCall } from './active-call.ts';
import { ActiveStep } from './active-step.ts';
import type { Callable } from './callable.ts';
import { CommandError } from './command-error.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { StepFailure } from './step-failure.ts';
import type { StepWatcher } from './step-watcher.ts';
import { ThrownValue } from './thrown-value.ts';
import type { Flow, InnerSteps, VerbHandler } from './verb-handler.ts';

/** Source: the contract, section 5. */
const deepestCalls = 64;

/** Runs steps one after the other, and whatever is inside of them. */
export class StepRunner implements InnerSteps {
  readonly #run: Run;
  readonly #handlers: ReadonlyMap<string, VerbHandler>;

  readonly #watcher: StepWatcher | undefined;

  constructor(run: Run, handlers: ReadonlyMap<string, VerbHandler>, watcher?: StepWatcher) {
    this.#run = run;
    this.#handlers = handlers;
    this.#watcher = watcher;
  }

  /** What an operation or a function returns; undefined when it ends without. @throws StepFailure, RunCancelled */
  async runBody(callable: Callable, frame: Frame, from?: ActiveCall['from']): Promise<Value | undefined> {
    const depth = from === undefined ? 0 : from.call.depth + 1;
    const flow = await this.#sequence(callable.block.body, frame, { callable, depth, from });
    return flow?.value;
  }

  async run(active: ActiveStep, sequence: Sequence | undefined, frame = active.frame): Promise<Flow | undefined> {
    active.begin();
    return this.#sequence(sequence, frame.child(), active.call);
  }

  async callFunction(active: ActiveStep, callable: Callable, frame: Frame): Promise<Value> {
    const { name } = callable.block;
    if (active.call.depth >= deepestCalls)
      throw new CommandError('BUDGET_EXCEEDED', `more than ${deepestCalls} calls inside of each other`);
    active.begin();
    try {
      return (await this.runBody(callable, frame.child(), active)) ?? null;
    } catch (error) {
      if (error instanceof StepFailure) {
        const { step, call } = active;
        error.calls.push({ name, path: step.path, offset: step.start, library: call.callable.library });
      }
      throw error;
    }
  }

  async #sequence(sequence: Sequence | undefined, frame: Frame, call: ActiveCall): Promise<Flow | undefined> {
    for (const step of sequence?.steps ?? []) {
      const pause = this.#run.clock.breathe();
      if (pause !== undefined) await pause;
      const active = new ActiveStep(step, this.#run, frame, call);
      const stop = this.#watcher?.before(active);
      if (stop !== undefined) await stop;
      const result = this.#step(active);
      const flow = result instanceof Promise ? await result : result;
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  #step(active: ActiveStep): Flow | undefined | Promise<Flow | undefined> {
    const run = this.#run;
    run.record.steps++;
    run.enter(active, true);
    run.budget.startStep();
    try {
      const result = this.#handlerOf(active.step)(active, this);
      if (result instanceof Promise) return this.#settle(result, active);
      active.end();
      return result;
    } catch (error) {
      return this.#fail(error, active);
    }
  }

  async #settle(result: Promise<Flow | undefined>, active: ActiveStep): Promise<Flow | undefined> {
    try {
      const flow = await result;
      this.#run.enter(active);
      active.end();
      return flow;
    } catch (error) {
      return this.#fail(error, active);
    }
  }

  #handlerOf({ verb }: Step): VerbHandler {
    const handler = this.#handlers.get(verb.name);
    if (handler === undefined) throw new CommandError('NOT_EMULATED', `${verb.name} is not emulated`);
    return handler;
  }

  /** Throws what went wrong, with its place; at once, unless somebody looks at it first. */
  #fail(error: unknown, active: ActiveStep): Promise<never> {
    const failure = this.#failureOf(error, active);
    const isNew = failure !== error && failure instanceof StepFailure;
    const stop = isNew ? this.#watcher?.failed?.(active, failure) : undefined;
    if (stop === undefined) throw failure;
    return stop.then(() => {
      throw failure;
    });
  }

  /** What is no failure of the script is a defect of ours, and stays what it is. */
  #failureOf(error: unknown, active: ActiveStep): unknown {
    const { signal } = this.#run.clock;
    const reason: unknown = signal.aborted && !(error instanceof StepFailure) ? signal.reason : error;
    const failure = this.#toFailure(reason, active);
    if (failure instanceof StepFailure) {
      const { secrets } = this.#run;
      active.end({ code: failure.code, message: secrets.show(failure.text) });
    }
    return failure;
  }

  #toFailure(error: unknown, { step, call }: ActiveStep): unknown {
    const place = {
      path: step.path,
      offset: step.start,
      library: call.callable.library,
      handled: this.#run.handled,
    };
    if (error instanceof ThrownValue) return new StepFailure({ code: 'THROWN', text: error.text, ...place });
    if (!isFailureOfScript(error)) return error;
    const hint = error instanceof ScriptError ? undefined : error.hint;
    const text = `Command ${step.verb.name} failed with an error: ${error.message}`;
    return new StepFailure({ code: error.code, text, hint, ...place });
  }
}

function isFailureOfScript(error: unknown): error is CommandError | NetworkError | ScriptError {
  return error instanceof CommandError || error instanceof NetworkError || error instanceof ScriptError;
}
