import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pid } from 'node:process';
import { fileUnwritable } from '../../documents/file-unwritable.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

/** A file that is written as a whole, so that nobody reads half of it. Standard error and pipes by their name, `/dev/stderr`, are written as text comes. */
export class ReportFile {
  /** As given. */
  readonly name: string;
  readonly write: (text: string) => void;
  readonly #file: string;
  #text = '';

  /** Makes its folder. @throws PluginHostError FILE_UNWRITABLE */
  constructor(name: string, { sayAnyway }: Pick<Terminal, 'sayAnyway'>) {
    this.name = name;
    this.#file = path.resolve(name);
    const isError = this.#file === '/dev/stderr';
    this.write = isError
      ? sayAnyway
      : (text) => {
          this.#text += text.endsWith('\n') ? text : `${text}\n`;
        };
    if (!isError)
      this.#try(() => {
        this.#prepare();
      });
  }

  /** @throws PluginHostError FILE_UNWRITABLE */
  save(): void {
    if (this.#text === '' && this.#file === '/dev/stderr') return;
    this.#try(() => {
      this.#save();
    });
  }

  #prepare(): void {
    const folder = path.dirname(this.#file);
    mkdirSync(folder, { recursive: true });
    accessSync(this.#isSpecial() ? this.#file : folder, constants.W_OK);
    if (statSync(this.#file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  }

  #save(): void {
    if (this.#isSpecial()) {
      writeFileSync(this.#file, this.#text);
      return;
    }
    const temporary = path.join(path.dirname(this.#file), `.${path.basename(this.#file)}.${pid}.tmp`);
    try {
      writeFileSync(temporary, this.#text);
      renameSync(temporary, this.#file);
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** A pipe or a device cannot be replaced. */
  #isSpecial(): boolean {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    return found !== undefined && !found.isFile() && !found.isDirectory();
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (cause) {
      throw fileUnwritable(this.name, cause);
    }
  }
}
