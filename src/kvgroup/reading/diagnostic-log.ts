import type { DiagnosticCode, KvDiagnostic } from '../format/kv-diagnostic.ts';
import type { TextLocator } from './text-locator.ts';

interface Details {
  message: string;
  hint?: string;
  /** Index of the group that is still open. */
  openedAt?: number | undefined;
}

interface Entry extends Details {
  code: DiagnosticCode;
  level: KvDiagnostic['level'];
  at: number;
}

/** The reader stops after this many errors. */
const maxErrors = 100;
/** Further warnings are not kept: a text of 16 MiB may have millions. */
const maxWarnings = 1000;

/** Ends the reading of a text when it makes no sense to read on. */
export class ReadingEnded extends Error {}

/** What was found, by index; places are worked out at the end, and only for what is kept. */
export class DiagnosticLog {
  readonly #entries: Entry[] = [];
  #errors = 0;
  #warnings = 0;

  /** @throws ReadingEnded after too many. */
  error(code: DiagnosticCode, at: number, details: Details): void {
    this.#entries.push({ code, level: 'error', at, ...details });
    this.#errors += 1;
    if (this.#errors >= maxErrors) throw new ReadingEnded();
  }

  warning(code: DiagnosticCode, at: number, details: Details): void {
    this.#warnings += 1;
    if (this.#warnings <= maxWarnings) this.#entries.push({ code, level: 'warning', at, ...details });
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Forgets the warnings after the first `length` entries: that text is read again. */
  cut(length: number): void {
    this.#warnings = Math.min(this.#warnings, maxWarnings) - (this.#entries.length - length);
    this.#entries.length = length;
  }

  locate(locator: TextLocator): KvDiagnostic[] {
    return this.#entries.map(({ code, level, at, message, hint, openedAt }) => {
      const opened = openedAt === undefined ? undefined : locator.positionOf(openedAt);
      return {
        code,
        level,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...locator.positionOf(at),
        ...(opened === undefined ? {} : { openedAt: { line: opened.line, column: opened.column } }),
      };
    });
  }
}
