import { ScriptError } from './script-error.ts';

/** What one run may use. Source: the contract of `plugin-host platform`, section 5, unless "ours". */
export interface Limits {
  /** Of one match of a regular expression. */
  stepsPerMatch: number;
  /** Calls of lambdas and items gone through, in one expression. */
  iterations: number;
  /** Units of one text, or items of one list times their weight. */
  valueSize: number;
  /** Of all values that are alive together. */
  totalSize: number;
  /** What one expression may do altogether: steps of patterns, units of text and items copied. Ours: a second or less. */
  work: number;
}

/** Units of one text. Source: the contract, section 5. */
export const largestText = 16 * 1024 * 1024;

const defaultLimits: Limits = {
  stepsPerMatch: 2_000_000,
  iterations: 100_000,
  valueSize: largestText,
  totalSize: 256 * 1024 * 1024,
  work: 20_000_000,
};

/** So much work passes, some milliseconds, until the clock is looked at again. */
const workBetweenLooks = 100_000;

/** Units of text that are copied in the time of one step. */
const unitsPerStep = 16;

/** What an item of a list weighs besides its own text, in characters. */
export const itemWeight = 16;

/** What a value of JSON weighs, which is an object with a number in it. */
export const tokenWeight = 64;

export interface BudgetHooks {
  /** Called every few milliseconds of work; throws when the run is to end now. */
  interrupt?: () => void;
  /** The size of all values that are alive, as `measureValues` tells it. Asked only when much was made since. */
  measureLive?: () => number;
}

/** Counts what a run uses, and throws `BUDGET_EXCEEDED` when that is too much. One is good for a whole run. */
export class Budget {
  readonly limits: Limits;
  readonly #hooks: BudgetHooks;
  #iterations = 0;
  #work = 0;
  #untilLook = workBetweenLooks;
  /** What was made since the living were last measured, and they. */
  #made = 0;

  constructor(limits: Partial<Limits> = {}, hooks: BudgetHooks = {}) {
    this.limits = { ...defaultLimits, ...limits };
    this.#hooks = hooks;
  }

  /** Every expression begins with all its iterations and work; so does a match outside of one, as `Receive` makes it. */
  startStep(): void {
    this.#iterations = 0;
    this.#work = 0;
  }

  iterate(): void {
    if (++this.#iterations > this.limits.iterations)
      throw exceeded(`more than ${this.limits.iterations} iterations in one expression`);
    this.work(1);
  }

  /** One unit is about a step of the matcher. */
  work(units: number): void {
    this.#work += units;
    if (this.#work > this.limits.work) throw exceeded('one expression does too much work');
    this.#untilLook -= units;
    if (this.#untilLook > 0) return;
    this.#untilLook = workBetweenLooks;
    this.#hooks.interrupt?.();
  }

  /** To be asked before a text of so many units is gone through. */
  read(units: number): void {
    this.work(1 + units / unitsPerStep);
  }

  /** Throws when a value of that size may not be. */
  requireSize(size: number): void {
    if (size > this.limits.valueSize) throw exceeded(`a value of more than ${this.limits.valueSize} characters`);
  }

  /** Throws when a list may not have so many items. */
  requireItems(count: number): void {
    this.requireSize(count * itemWeight);
  }

  /** How many items a list may have. */
  get maxItems(): number {
    return Math.floor(this.limits.valueSize / itemWeight);
  }

  /** To be asked before a list of so many items is made. */
  makeItems(count: number): void {
    this.make(count * itemWeight);
  }

  /** To be asked after so many values of JSON were read. */
  makeTokens(count: number): void {
    this.requireItems(count);
    this.#add(count * tokenWeight);
  }

  /** To be asked before a text of that length is made. */
  make(size: number): void {
    this.requireSize(size);
    this.work(1 + size / unitsPerStep);
    this.#add(size);
  }

  #add(size: number): void {
    this.#made += size;
    if (this.#made <= this.limits.totalSize) return;
    const live = this.#hooks.measureLive?.() ?? this.#made;
    if (live + size > this.limits.totalSize)
      throw exceeded(`values of more than ${this.limits.totalSize} characters together`);
    this.#made = live + size;
  }
}

function exceeded(what: string): ScriptError {
  return new ScriptError('BUDGET_EXCEEDED', `limit of the host: ${what}`);
}
