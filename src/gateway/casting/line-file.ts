import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { describeFileFault } from '../../documents/describe-file-fault.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/** A new file, only for its owner, that has whole lines at any time. When it cannot be written, it ends where it was. */
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

  /** In one write, so that a process that is killed leaves all of them or none. */
  add(lines: readonly string[]): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined || lines.length === 0) return;
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
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
