import type { StatusEntry } from '../../platform/engine/run-record.ts';
import type { Step } from '../../platform/script/script.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** What is shown while an operation runs: a line for each status and log, and in a terminal the step that runs now. */
export class LiveRun {
  readonly #terminal: Terminal;
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #step: { text: string; startedAt: number } | undefined;
  #shown = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    if (!process.stderr.isTTY) return;
    this.#timer = setInterval(() => {
      this.#draw();
    }, redrawMs);
    this.#timer.unref();
  }

  showStatus({ type, percent }: StatusEntry, text: string): void {
    const share = percent === null ? '' : `${Math.round(percent)} %`;
    this.show(`${share.padStart(6)}  ${sanitize(type)}  ${sanitize(text)}`);
  }

  showLog(text: string): void {
    this.show(this.#terminal.paintError('dim', `        ${sanitize(text)}`));
  }

  showStep({ verb, path }: Step, depth: number): void {
    if (this.#timer !== undefined)
      this.#step = { text: `${'  '.repeat(depth)}${verb.name}  ${path}`, startedAt: performance.now() };
  }

  /** Shows nothing of the running step until the returned function is called: something else is shown and asked. */
  hold(): () => void {
    const held = this.#step;
    this.#step = undefined;
    this.#clear();
    return () => {
      if (held !== undefined) this.#step = { ...held, startedAt: performance.now() };
    };
  }

  /** A line above the running step. */
  show(line: string): void {
    this.#clear();
    this.#terminal.say(line);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#step = undefined;
    this.#clear();
  }

  #draw(): void {
    if (this.#step === undefined) return;
    const seconds = ((performance.now() - this.#step.startedAt) / 1000).toFixed(1);
    this.#clear();
    this.#shown = sanitize(`${this.#step.text}  ${seconds} s`).slice(0, (process.stderr.columns || 80) - 1);
    process.stderr.write(this.#shown);
  }

  #clear(): void {
    if (this.#shown !== '') process.stderr.write('\r\u001b[K');
    this.#shown = '';
  }
}

const redrawMs = 200;
