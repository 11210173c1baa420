import type { RawFrame, Told } from './stack-frame.ts';

/** What Python's faulthandler writes: a head for each thread, then its frames, the innermost first. */
const threadHead = /^(Current thread|Thread) 0x/;
const frameLine = /^ {2}File "([^"\n]*)", line (\d+) in (.*)$/;
const mostLines = 2000;

/** Reads a dump as its lines come. */
export class DumpReader {
  readonly #threads: { isCurrent: boolean; frames: RawFrame[] }[] = [];
  #lines = 0;

  /** Whether the line ends the dump of the current thread. @param isOutermost whether no frame of interest is above a frame */
  add(line: string, isOutermost: (frame: RawFrame) => boolean): boolean {
    this.#lines += 1;
    if (this.#lines > mostLines || line.length > 4096) return false;
    const head = threadHead.exec(line);
    if (head !== null) this.#threads.push({ isCurrent: head[1] === 'Current thread', frames: [] });
    const thread = this.#threads.at(-1);
    if (thread === undefined || head !== null) return false;
    if (line === '  ...') return thread.isCurrent;
    const [, file, number, name] = frameLine.exec(line) ?? [];
    if (file === undefined || name === undefined) return false;
    const frame: RawFrame = [unescape(file), Number(number), unescape(name)];
    thread.frames.unshift(frame);
    return thread.isCurrent && isOutermost(frame);
  }

  get told(): Told | undefined {
    const current = this.#threads.find(({ isCurrent }) => isCurrent);
    if (current === undefined) return undefined;
    const others = this.#threads.filter((each) => each !== current).map(({ frames }) => frames);
    return { current: current.frames, others };
  }
}

/** Characters that are not ASCII are written as escapes. */
function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/g,
    (all, x?: string, u?: string, U?: string) => {
      const code = parseInt(x ?? u ?? U ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
