import { CaptureLog } from './capture-log.ts';
import { IntStack } from './int-stack.ts';
import type { Program } from './program.ts';

/** Where the matcher is. One serves all searches of a program, one after the other. */
export class MatchState {
  readonly program: Program;
  text = '';
  /** Where the search began, which is what `\G` asks for. */
  start = 0;
  /** In the text. */
  pos = 0;
  /** In the instructions. */
  pc = 0;
  /** Steps that one instruction took beyond the first. */
  extraSteps = 0;
  /** Where to go on when something fails: what was there, then the instruction, as its complement for its third meaning. */
  readonly track = new IntStack();
  /** Places and counts of groups under way. */
  readonly stack = new IntStack();
  readonly log: CaptureLog;

  constructor(program: Program) {
    this.program = program;
    this.log = new CaptureLog(program.groups.length);
  }

  open(text: string, start: number): void {
    this.text = text;
    this.start = start;
    this.extraSteps = 0;
  }

  /** Neither the text nor much memory is kept until the next search. */
  close(): void {
    this.text = '';
    this.log.undo(0);
    this.track.shrink();
    this.stack.shrink();
    this.log.shrink();
  }

  begin(at: number): void {
    this.track.size = 0;
    this.stack.size = 0;
    this.log.undo(0);
    this.pos = at;
    this.pc = 0;
  }

  operand(at: number): number {
    return this.program.code[this.pc + at] ?? 0;
  }
}
