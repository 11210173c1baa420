import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { describeFileFault } from '../../documents/describe-file-fault.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/** The system writes a page wholly or not at all, however soon the process is killed; of several pages it may write some. */
const pageBytes = 4096;

/** A line that leaves less of a page takes that too. */
const leastRoom = 64;

/** A new file of JSON lines, only for its owner, in which every line is whole at any time. When it cannot be written, it ends where it was. */
export class LineFile {
  readonly file: string;
  readonly #warn: (message: string) => void;
  #descriptor: number | undefined;
  #length = 0;

  /** @param warn told once when no more can be written */
  constructor(file: string, warn: (message: string) => void) {
    this.file = file;
    this.#warn = warn;
    this.#try(() => {
      this.#descriptor = openSync(file, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
    });
  }

  get isOpen(): boolean {
    return this.#descriptor !== undefined;
  }

  /** So long may the next line be, with its end; 64 bytes at least. */
  get roomBytes(): number {
    return pageBytes - (this.#length % pageBytes);
  }

  add(line: string): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    const left = this.roomBytes - Buffer.byteLength(line) - 1;
    const bytes = Buffer.from(`${line}${' '.repeat(left > 0 && left < leastRoom ? left : 0)}\n`);
    this.#try(() => {
      let written = 0;
      // A disk that becomes full takes a part first.
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      this.#length += bytes.length;
    });
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (this.#descriptor !== undefined) ftruncateSync(this.#descriptor, this.#length);
      this.close();
      this.#warn(`${this.file}: ${describeFileFault(cause)}; this recording ends here`);
    }
  }
}
