import { op } from './program.ts';
import { stepAnchor, stepReference, stepText, stepUnit } from './step-unit.ts';
import { stepLazyRun, stepRun } from './step-run.ts';
import type { MatchState } from './match-state.ts';

/** Carries out one instruction; false when it does not match here. */
export function stepForward(state: MatchState, instruction: number): boolean {
  switch (instruction) {
    case op.one:
      return stepUnit(state, false, false);
    case op.set:
      return stepUnit(state, true, false);
    case op.text:
      return stepText(state);
    case op.run:
      return stepRun(state, false);
    case op.lazyRun:
      return stepLazyRun(state, false);
    case op.oneBack:
      return stepUnit(state, false, true);
    case op.setBack:
      return stepUnit(state, true, true);
    case op.runBack:
      return stepRun(state, true);
    case op.lazyRunBack:
      return stepLazyRun(state, true);
    case op.reference:
      return stepReference(state);
    case op.fail:
      return false;
    default:
      return instruction <= op.end ? stepAnchor(state, instruction) : stepGroup(state, instruction);
  }
}

/** What keeps groups, loops and looks around together. */
function stepGroup(state: MatchState, instruction: number): boolean {
  const { track, stack, log, pos, pc } = state;
  switch (instruction) {
    case op.branch:
      track.push(pos);
      track.push(pc);
      state.pc += 2;
      return true;
    case op.goto:
      state.pc = state.operand(1);
      return true;
    case op.mark:
    case op.nullMark:
      stack.push(instruction === op.mark ? pos : -1);
      track.push(pc);
      state.pc++;
      return true;
    case op.capture:
      return capture(state);
    case op.getMark:
      state.pos = stack.pop();
      track.push(state.pos);
      track.push(pc);
      state.pc++;
      return true;
    case op.setCount:
    case op.nullCount:
      stack.push(instruction === op.setCount ? pos : -1);
      stack.push(state.operand(1));
      track.push(pc);
      state.pc += 2;
      return true;
    case op.setJump:
      stack.push(track.size);
      stack.push(log.size);
      track.push(pc);
      state.pc++;
      return true;
    case op.backJump:
      log.undo(stack.pop());
      track.size = stack.pop();
      return false;
    case op.foreJump: {
      const changes = stack.pop();
      track.size = stack.pop();
      track.push(changes);
      track.push(pc);
      state.pc++;
      return true;
    }
    case op.testGroup:
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
  if (instruction === op.branchMark || instruction === op.lazyBranchMark) {
    const mark = stack.pop();
    const isEmpty = pos === mark;
    if (instruction === op.branchMark && !isEmpty) {
      pushAll(track, mark, pos, pc);
      stack.push(pos);
      state.pc = start;
      return;
    }
    if (instruction === op.branchMark) {
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
  const goesOn = instruction === op.branchCount ? count >= state.operand(2) || (isEmpty && count >= 0) : count >= 0;
  if (!goesOn) {
    if (instruction === op.branchCount) pushAll(track, mark, pc);
    else pushAll(track, mark, ~pc);
    stack.push(pos);
    stack.push(count + 1);
    state.pc = start;
    return;
  }
  if (instruction === op.branchCount) pushAll(track, mark, count, ~pc);
  else pushAll(track, mark, count, pos, pc);
  state.pc += 3;
}

function pushAll(track: { push: (word: number) => void }, ...words: number[]): void {
  for (const word of words) track.push(word);
}
