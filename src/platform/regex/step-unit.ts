import type { MatchState } from './match-state.ts';
import { anyTest, caseVariants, wordTest } from './parsing/char-set.ts';
import { op } from './program.ts';

/** As constants of this file they cost nothing. */
const { beginning, bol, boundary, end: endAnchor, endZ, eol, start: startAnchor } = op;

const newLine = 10;

/** One certain unit, or one of a set. */
export function stepUnit(state: MatchState, isSet: boolean, isBackward: boolean): boolean {
  const { text, pos } = state;
  const at = isBackward ? pos - 1 : pos;
  if (at < 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  const isMatch = isSet ? (state.program.tests[state.operand(1)] ?? anyTest).has(code) : code === state.operand(1);
  if (!isMatch) return false;
  state.pos += isBackward ? -1 : 1;
  state.pc += 2;
  return true;
}

export function stepText(state: MatchState): boolean {
  const text = state.program.texts[state.operand(1)] ?? '';
  if (!state.text.startsWith(text, state.pos)) return false;
  state.pos += text.length;
  state.pc += 2;
  return true;
}

/** The same text as a group has captured last; one that has not taken part matches nothing. */
export function stepReference(state: MatchState): boolean {
  const { log, text } = state;
  const slot = state.operand(1);
  if (!log.has(slot)) return false;
  const { start, end } = log.last(slot);
  const length = end - start;
  const from = state.operand(3) === 1 ? state.pos - length : state.pos;
  if (from < 0 || from + length > text.length) return false;
  state.extraSteps += length >> 2;
  if (state.operand(2) === 1 ? !equalFolded(text, start, from, length) : !equal(text, start, from, length))
    return false;
  state.pos = state.operand(3) === 1 ? from : from + length;
  state.pc += 4;
  return true;
}

function equal(text: string, a: number, b: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (text.charCodeAt(a + at) !== text.charCodeAt(b + at)) return false;
  return true;
}

function equalFolded(text: string, a: number, b: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    const [one, other] = [text.charCodeAt(a + at), text.charCodeAt(b + at)];
    if (one !== other && !caseVariants(one).includes(other)) return false;
  }
  return true;
}

/** What matches between two units. */
export function stepAnchor(state: MatchState, kind: number): boolean {
  if (!isAnchored(state, kind)) return false;
  state.pc++;
  return true;
}

function isAnchored({ text, pos, start }: MatchState, kind: number): boolean {
  const { length } = text;
  switch (kind) {
    case bol:
      return pos === 0 || text.charCodeAt(pos - 1) === newLine;
    case eol:
      return pos === length || text.charCodeAt(pos) === newLine;
    case beginning:
      return pos === 0;
    case startAnchor:
      return pos === start;
    case endZ:
      return pos === length || (pos === length - 1 && text.charCodeAt(pos) === newLine);
    case endAnchor:
      return pos === length;
    default:
      return isBoundary(text, pos) === (kind === boundary);
  }
}

/** The joiners count as letters for a boundary, though not for `\w`. Source: .NET. */
function isWordUnit(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  return wordTest.has(code) || code === 0x200c || code === 0x200d;
}

function isBoundary(text: string, pos: number): boolean {
  return isWordUnit(text, pos - 1) !== isWordUnit(text, pos);
}
