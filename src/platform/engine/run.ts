import { measureValues } from '../conversion/measure-values.ts';
import type { Step } from '../script/script.ts';
import { Budget, type Limits } from '../values/budget.ts';
import type { Value } from '../values/value.ts';
import type { ActiveCall } from './active-call.ts';
import type { Callable } from './callable.ts';
import { CommandError } from './command-error.ts';
import { Frame } from './frame.ts';
import { RunClock } from './run-clock.ts';
import { RunRecord } from './run-record.ts';
import type { RunSettings } from './run-settings.ts';
import { SecretTexts } from './secret-texts.ts';
import type { StepFailure } from './step-failure.ts';
import type { TraceEvent, TraceFact } from './trace-event.ts';

/** Where a run is, or was when it called a function. */
type Place = NonNullable<ActiveCall['from']>;

/** Something that must be closed when the run ends. */
export interface Closable {
  close: () => void | Promise<void>;
}

/** Statuses, logs, records, and responses together, in characters. Ours: the result is one document. */
const mostRecorded = 32 * 1024 * 1024;

/** What an entry takes besides its text. */
const entryWeight = 100;

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
  #place: Place | undefined;
  #seq = 0;
  #recorded = 0;

  constructor(settings: RunSettings, functions: ReadonlyMap<string, Callable>, limits: Partial<Limits> = {}) {
    this.settings = settings;
    this.functions = functions;
    this.clock = new RunClock(settings);
    this.secrets = new SecretTexts(!settings.isMasked);
    this.operationFrame = this.globals.child();
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

  /** Tells where the run is now: in a step, or again in one around it. */
  enter({ step, frame, call }: Place, isNew = false): void {
    this.#place = { step, frame, call };
    if (isNew) this.lastStep = step;
  }

  trace(fact: TraceFact, path: string, verb: string, depth: number): void {
    if (this.settings.onTrace === undefined) return;
    const event: TraceEvent = { seq: ++this.#seq, t: this.clock.elapsedMs, depth, path, verb, ...fact };
    this.settings.onTrace(event);
  }

  /** To be asked before something of so many characters is recorded. @throws CommandError */
  requireRecord(size: number): void {
    this.#recorded += size + entryWeight;
    if (this.#recorded > mostRecorded)
      throw new CommandError(
        'BUDGET_EXCEEDED',
        `limit of the host: a run records more than ${mostRecorded} characters`,
      );
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
    const seen = new Set<Frame>();
    yield* this.operationFrame.values(seen);
    for (let place = this.#place; place !== undefined; place = place.call.from) yield* place.frame.values(seen);
    for (const { text } of this.record.log) yield text;
    for (const records of Object.values(this.record.discovered)) for (const each of records) yield* each.values();
  }
}
