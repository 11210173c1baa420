import type { MatchState } from './match-state.ts';
import { anyTest } from './parsing/char-set.ts';
import { op } from './program.ts';

/** As constants of this file they cost nothing. */
const { one: oneOp, text: textOp } = op;

/** So many units of a run are one step more. */
const unitsPerStep = 16;

/** How many units from here on the test of the instruction takes, at most `most`. */
function countUnits(state: MatchState, most: number, isBackward: boolean): number {
  const test = state.program.tests[state.operand(1)] ?? anyTest;
  const { text, pos } = state;
  const limit = Math.min(most, isBackward ? pos : text.length - pos);
  let count = 0;
  if (isBackward) while (count < limit && test.has(text.charCodeAt(pos - count - 1))) count++;
  else while (count < limit && test.has(text.charCodeAt(pos + count))) count++;
  state.extraSteps += Math.floor(count / unitsPerStep);
  return count;
}

/** As many as there are; fewer when it comes back. */
export function stepRun(state: MatchState, isBackward: boolean): boolean {
  const min = state.operand(2);
  const count = countUnits(state, state.operand(3), isBackward);
  if (count < min) return false;
  state.pos += isBackward ? -count : count;
  if (count > min) keepRun(state, count - min, isBackward);
  state.pc += 4;
  return true;
}

/** One fewer; or as many fewer as it takes until what follows can match. */
export function backRun(state: MatchState, isBackward: boolean): boolean {
  const { text, track } = state;
  state.pos = track.pop();
  let more = track.pop();
  const next = isBackward ? undefined : nextUnit(state);
  if (next !== undefined) {
    const before = more;
    while (more > 0 && text.charCodeAt(state.pos) !== next) {
      state.pos--;
      more--;
    }
    state.extraSteps += Math.floor((before - more) / unitsPerStep);
    if (more === 0) return false;
  }
  if (more > 1) keepRun(state, more - 1, isBackward);
  state.pc += 4;
  return true;
}

/** The unit that the instruction after a run asks for, if it asks for one. */
function nextUnit({ program: { code, texts }, pc }: MatchState): number | undefined {
  const operand = code[pc + 5] ?? 0;
  switch (code[pc + 4]) {
    case oneOp:
      return operand;
    case textOp:
      return texts[operand]?.charCodeAt(0);
    default:
      return undefined;
  }
}

function keepRun({ track, pos, pc }: MatchState, more: number, isBackward: boolean): void {
  track.push(more);
  track.push(isBackward ? pos + 1 : pos - 1);
  track.push(pc);
}

/** As few as may be; one more when it comes back. */
export function stepLazyRun(state: MatchState, isBackward: boolean): boolean {
  const min = state.operand(2);
  if (min > 0 && countUnits(state, min, isBackward) < min) return false;
  state.pos += isBackward ? -min : min;
  keepLazyRun(state, state.operand(3) - min);
  state.pc += 4;
  return true;
}

export function backLazyRun(state: MatchState, isBackward: boolean): boolean {
  state.pos = state.track.pop();
  const more = state.track.pop();
  if (countUnits(state, 1, isBackward) === 0) return false;
  state.pos += isBackward ? -1 : 1;
  keepLazyRun(state, more - 1);
  state.pc += 4;
  return true;
}

function keepLazyRun({ track, pos, pc }: MatchState, more: number): void {
  if (more <= 0) return;
  track.push(more);
  track.push(pos);
  track.push(pc);
}
