import type { MatchState } from './match-state.ts';
import { op } from './program.ts';
import { backLazyRun, backRun } from './step-run.ts';

/** As constants of this file they cost nothing. */
const {
  branch: branchOp,
  branchCount,
  branchMark,
  capture: captureOp,
  foreJump,
  getMark,
  lazyBranchMark,
  lazyRun,
  lazyRunBack,
  mark: markOp,
  nullCount,
  nullMark,
  run: runOp,
  runBack,
  setCount,
  setJump,
} = op;

/** Takes one instruction back, or its other way; false when that is not the end of going back. */
export function stepBack(state: MatchState): boolean {
  const word = state.track.pop();
  const isThird = word < 0;
  state.pc = isThird ? ~word : word;
  const instruction = state.operand(0);
  const { track, stack, log } = state;
  switch (instruction) {
    case runOp:
    case runBack:
      return backRun(state, instruction === runBack);
    case lazyRun:
    case lazyRunBack:
      return backLazyRun(state, instruction === lazyRunBack);
    case branchOp:
      state.pos = track.pop();
      state.pc = state.operand(1);
      return true;
    case markOp:
    case nullMark:
      stack.pop();
      return false;
    case setCount:
    case nullCount:
    case setJump:
      stack.size -= 2;
      return false;
    case captureOp:
      stack.push(track.pop());
      log.undo(track.pop());
      return false;
    case getMark:
      stack.push(track.pop());
      return false;
    case foreJump:
      log.undo(track.pop());
      return false;
    case branchMark:
      return backBranchMark(state, isThird);
    case lazyBranchMark:
      return backLazyBranchMark(state, isThird);
    case branchCount:
      return backBranchCount(state, isThird);
    default:
      return backLazyBranchCount(state, isThird);
  }
}

/** After one round more failed: on without it. */
function backBranchMark(state: MatchState, isThird: boolean): boolean {
  const { track, stack } = state;
  if (isThird) {
    stack.push(track.pop());
    return false;
  }
  stack.pop();
  state.pos = track.pop();
  track.push(~state.pc);
  state.pc += 2;
  return true;
}

/** After going on failed: one round more. */
function backLazyBranchMark(state: MatchState, isThird: boolean): boolean {
  const { track, stack } = state;
  if (isThird) {
    stack.pop();
    stack.push(track.pop());
    return false;
  }
  state.pos = track.pop();
  track.push(~state.pc);
  stack.push(state.pos);
  state.pc = state.operand(1);
  return true;
}

function backBranchCount(state: MatchState, isThird: boolean): boolean {
  const { track, stack } = state;
  if (isThird) {
    const count = track.pop();
    stack.push(track.pop());
    stack.push(count);
    return false;
  }
  const count = stack.pop();
  const place = stack.pop();
  const mark = track.pop();
  if (count > 0) {
    state.pos = place;
    track.push(mark);
    track.push(count - 1);
    track.push(~state.pc);
    state.pc += 3;
    return true;
  }
  stack.push(mark);
  stack.push(count - 1);
  return false;
}

function backLazyBranchCount(state: MatchState, isThird: boolean): boolean {
  const { track, stack } = state;
  if (isThird) {
    const count = stack.pop();
    stack.pop();
    stack.push(track.pop());
    stack.push(count - 1);
    return false;
  }
  const place = track.pop();
  const count = track.pop();
  const mark = track.pop();
  if (count < state.operand(2) && place !== mark) {
    state.pos = place;
    stack.push(place);
    stack.push(count + 1);
    track.push(mark);
    track.push(~state.pc);
    state.pc = state.operand(1);
    return true;
  }
  stack.push(mark);
  stack.push(count);
  return false;
}
