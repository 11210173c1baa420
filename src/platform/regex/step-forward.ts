import type { MatchState } from './match-state.ts';
import { op } from './program.ts';
import { stepLazyRun, stepRun } from './step-run.ts';
import { stepAnchor, stepReference, stepText, stepUnit } from './step-unit.ts';

/** As constants of this file they cost nothing. */
const {
  backJump,
  branch: branchOp,
  branchCount,
  branchMark,
  capture: captureOp,
  end: endAnchor,
  fail,
  foreJump,
  getMark,
  goto: gotoOp,
  lazyBranchMark,
  lazyRun,
  lazyRunBack,
  mark: markOp,
  nullCount,
  nullMark,
  one: oneOp,
  oneBack,
  reference: referenceOp,
  run: runOp,
  runBack,
  set: setOp,
  setBack,
  setCount,
  setJump,
  testGroup,
  text: textOp,
} = op;

/** They keep something to go back to, so that they cost memory too. */
const stepsPerGroup = 1 / 2;

/** Carries out one instruction; false when it does not match here. */
export function stepForward(state: MatchState, instruction: number): boolean {
  switch (instruction) {
    case oneOp:
      return stepUnit(state, false, false);
    case setOp:
      return stepUnit(state, true, false);
    case textOp:
      return stepText(state);
    case runOp:
      return stepRun(state, false);
    case lazyRun:
      return stepLazyRun(state, false);
    case oneBack:
      return stepUnit(state, false, true);
    case setBack:
      return stepUnit(state, true, true);
    case runBack:
      return stepRun(state, true);
    case lazyRunBack:
      return stepLazyRun(state, true);
    case referenceOp:
      return stepReference(state);
    case fail:
      return false;
    default:
      return instruction <= endAnchor ? stepAnchor(state, instruction) : stepGroup(state, instruction);
  }
}

/** What keeps groups, loops and looks around together. */
function stepGroup(state: MatchState, instruction: number): boolean {
  state.extraSteps += stepsPerGroup;
  const { track, stack, log, pos, pc } = state;
  switch (instruction) {
    case branchOp:
      track.push(pos);
      track.push(pc);
      state.pc += 2;
      return true;
    case gotoOp:
      state.pc = state.operand(1);
      return true;
    case markOp:
    case nullMark:
      stack.push(instruction === markOp ? pos : -1);
      track.push(pc);
      state.pc++;
      return true;
    case captureOp:
      return capture(state);
    case getMark:
      state.pos = stack.pop();
      track.push(state.pos);
      track.push(pc);
      state.pc++;
      return true;
    case setCount:
    case nullCount:
      stack.push(instruction === setCount ? pos : -1);
      stack.push(state.operand(1));
      track.push(pc);
      state.pc += 2;
      return true;
    case setJump:
      stack.push(track.size);
      stack.push(log.size);
      track.push(pc);
      state.pc++;
      return true;
    case backJump:
      log.undo(stack.pop());
      track.size = stack.pop();
      return false;
    case foreJump: {
      const changes = stack.pop();
      track.size = stack.pop();
      track.push(changes);
      track.push(pc);
      state.pc++;
      return true;
    }
    case testGroup:
      if (!log.has(state.operand(1))) return false;
      state.pc += 2;
      return true;
    default:
      stepLoop(state, instruction);
      return true;
  }
}

function capture(state: MatchState): boolean {
  const { track, stack, log, pos, pc } = state;
  const slot = state.operand(1);
  const minus = state.operand(2);
  if (minus >= 0 && !log.has(minus)) return false;
  const start = stack.pop();
  track.push(log.size);
  track.push(start);
  track.push(pc);
  if (minus < 0) log.add(slot, start, pos);
  else log.transfer(slot, minus, start, pos);
  state.pc += 3;
  return true;
}

/** The end of one round: once more, or on. An empty round is the last one. */
function stepLoop(state: MatchState, instruction: number): void {
  const { track, stack, pos, pc } = state;
  const start = state.operand(1);
  if (instruction === branchMark || instruction === lazyBranchMark) {
    const mark = stack.pop();
    const isEmpty = pos === mark;
    if (instruction === branchMark && !isEmpty) {
      pushAll(track, mark, pos, pc);
      stack.push(pos);
      state.pc = start;
      return;
    }
    if (instruction === branchMark) {
      pushAll(track, mark, ~pc);
    } else if (isEmpty) {
      stack.push(mark);
      pushAll(track, mark, ~pc);
    } else {
      pushAll(track, mark === -1 ? pos : mark, pos, pc);
    }
    state.pc += 2;
    return;
  }
  const count = stack.pop();
  const mark = stack.pop();
  const isEmpty = pos === mark;
  const goesOn = instruction === branchCount ? count >= state.operand(2) || (isEmpty && count >= 0) : count >= 0;
  if (!goesOn) {
    if (instruction === branchCount) pushAll(track, mark, pc);
    else pushAll(track, mark, ~pc);
    stack.push(pos);
    stack.push(count + 1);
    state.pc = start;
    return;
  }
  if (instruction === branchCount) pushAll(track, mark, count, ~pc);
  else pushAll(track, mark, count, pos, pc);
  state.pc += 3;
}

function pushAll(track: { push: (word: number) => void }, ...words: number[]): void {
  for (const word of words) track.push(word);
}
