import type { Budget } from '../values/budget.ts';
import { ScriptError } from '../values/script-error.ts';
import { MatchState } from './match-state.ts';
import type { CharTest } from './parsing/char-set.ts';
import { op } from './program.ts';
import type { Program } from './program.ts';
import { stepBack } from './step-back.ts';
import { stepForward } from './step-forward.ts';

/** As constants of this file they cost nothing. */
const { fail, stop } = op;

/** Steps between two looks at the budget. */
const stepsBetweenLooks = 8192;

/** So many units that cannot begin a match are passed over in one step. */
const unitsPerStep = 16;

/** Counts the steps of one match. */
class StepCounter {
  readonly #budget: Budget;
  #steps = 0;
  #told = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps - this.#told >= stepsBetweenLooks) this.tell();
  }

  /** A pattern that is over its own limit ends; the work of the expression is told too, and there the clock is looked at. */
  tell(): void {
    const { stepsPerMatch } = this.#budget.limits;
    if (this.#steps > stepsPerMatch)
      throw new ScriptError('BUDGET_EXCEEDED', `limit of the host: a pattern took more than ${stepsPerMatch} steps`);
    this.#budget.work(this.#steps - this.#told);
    this.#told = this.#steps;
  }
}

/**
 * The captures of the first match at or after `from`, by slot; undefined when there is none. Nothing calls itself here: neither
 * stack nor memory of the host grow faster than the steps, which are counted.
 */
export function findMatch(
  program: Program,
  text: string,
  start: number,
  from: number,
  budget: Budget,
): number[][] | undefined {
  const counter = new StepCounter(budget);
  const state = stateOf(program);
  state.open(text, start);
  try {
    const at = search(state, from, counter);
    counter.tell();
    if (at < 0) return undefined;
    const captures = state.log.copy();
    captures[0] = [at, state.pos];
    return captures;
  } finally {
    state.close();
  }
}

const states = new WeakMap<Program, MatchState>();

/** Nothing of a script runs while one searches, so a program needs but one. */
function stateOf(program: Program): MatchState {
  const known = states.get(program) ?? new MatchState(program);
  states.set(program, known);
  return known;
}

/** Where the first match begins, or -1. */
function search(state: MatchState, from: number, counter: StepCounter): number {
  const { text, program } = state;
  const { anchor, first } = program;
  for (let at = first ? skipTo(first, text, from, counter) : from; at <= text.length;) {
    if (tryAt(state, at, counter)) return at;
    if (anchor === 'beginning' || anchor === 'start') break;
    const next = anchor === 'line' ? lineAfter(text, at) : at + 1;
    at = first ? skipTo(first, text, next, counter) : next;
  }
  return -1;
}

/** The next place where a match may begin by its first unit; past the end when there is none. */
function skipTo(first: CharTest, text: string, from: number, counter: StepCounter): number {
  let at = from;
  while (at < text.length && !first.has(text.charCodeAt(at))) at++;
  counter.spend((at - from) / unitsPerStep);
  return at < text.length ? at : text.length + 1;
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length + 1 : end + 1;
}

/** To go back is a step; to go on, which mostly ends with that or with the match, is a part of one. */
const onPerStep = 8;

function tryAt(state: MatchState, at: number, counter: StepCounter): boolean {
  state.begin(at);
  const { code } = state.program;
  for (;;) {
    const instruction = code[state.pc] ?? fail;
    if (instruction === stop) return true;
    let isOn = stepForward(state, instruction);
    let steps = 1 / onPerStep;
    while (!isOn && state.track.size > 0) {
      isOn = stepBack(state);
      steps++;
    }
    counter.spend(steps + state.extraSteps);
    state.extraSteps = 0;
    if (!isOn) return false;
  }
}
