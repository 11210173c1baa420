import { measureValues } from '../conversion/measure-values.ts';
import type { Step } from '../script/script.ts';
import { Budget, type Limits } from '../values/budget.ts';
import type { Value } from '../values/value.ts';
import type { Callable } from './callable.ts';
import { Frame } from './frame.ts';
import { RunClock } from './run-clock.ts';
import { RunRecord } from './run-record.ts';
import type { RunSettings } from './run-settings.ts';
import { SecretTexts } from './secret-texts.ts';
import type { StepFailure } from './step-failure.ts';
import type { TraceEvent, TraceFact } from './trace-event.ts';

/** Something that must be closed when the run ends. */
export interface Closable {
  close: () => void | Promise<void>;
}

/** One run of one operation: all that its steps share. Nothing of it survives. */
export class Run {
  readonly settings: RunSettings;
  readonly clock: RunClock;
  readonly record = new RunRecord();
  readonly secrets: SecretTexts;
  readonly budget: Budget;
  readonly globals = new Frame();
  /** The parameters of the operation; functions see them. */
  readonly operationFrame: Frame;
  readonly functions: ReadonlyMap<string, Callable>;
  /** What steps opened. */
  readonly opened = new Set<Closable>();
  /** What the innermost `Catch` handles. */
  handled: StepFailure | undefined;
  /** Where the run is. */
  lastStep: Step | undefined;
  #frame: Frame;
  #seq = 0;

  constructor(settings: RunSettings, functions: ReadonlyMap<string, Callable>, limits: Partial<Limits> = {}) {
    this.settings = settings;
    this.functions = functions;
    this.clock = new RunClock(settings);
    this.secrets = new SecretTexts(!settings.isMasked);
    this.operationFrame = this.globals.child();
    this.#frame = this.operationFrame;
    this.budget = new Budget(limits, {
      interrupt: () => {
        this.clock.check();
      },
      measureLive: () => measureValues(this.#liveValues()),
    });
  }

  get isTraced(): boolean {
    return this.settings.onTrace !== undefined;
  }

  enter(frame: Frame, step?: Step): void {
    this.#frame = frame;
    this.lastStep = step ?? this.lastStep;
  }

  trace(fact: TraceFact, path: string, verb: string, depth: number): void {
    if (this.settings.onTrace === undefined) return;
    const event: TraceEvent = { seq: ++this.#seq, t: this.clock.elapsedMs, depth, path, verb, ...fact };
    this.settings.onTrace(event);
  }

  /** Tells of something doubtful, once. */
  warn(code: string, message: string, path: string, offset: number | undefined): void {
    const key = `${code} ${path} ${message}`;
    if (!this.record.warnings.has(key)) this.record.warnings.set(key, { code, message, path, offset });
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    this.clock.close();
    const open = [...this.opened];
    this.opened.clear();
    await Promise.allSettled(open.map(async (each) => each.close()));
  }

  *#liveValues(): Generator<Value> {
    yield* this.#frame.values();
    for (const { text } of this.record.log) yield text;
    for (const records of Object.values(this.record.discovered)) for (const each of records) yield* each.values();
  }
}
