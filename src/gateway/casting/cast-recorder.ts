import { LineFile } from './line-file.ts';
import { type CastSecrets, MaskedOutput, type TimedText } from './masked-output.ts';

export interface CastOptions {
  file: string;
  terminal: { term: string; columns: number; rows: number };
  secrets: CastSecrets;
  /** Told once when no more can be written. */
  warn: (message: string) => void;
  /** Milliseconds since 1970. Default: the clock of this machine. */
  now?: () => number;
}

/** Of what a client says of its terminal, in UTF-16 units. */
const longestTerm = 128;

/** The output of a terminal as a file of asciicast v2, written as it happens. Source: the format's description, docs.asciinema.org. */
export class CastRecorder {
  readonly #file: LineFile;
  readonly #output: MaskedOutput;
  readonly #now: () => number;
  readonly #startedMs: number;
  #lastMs = 0;

  constructor({ file, terminal, secrets, warn, now = Date.now }: CastOptions) {
    this.#now = now;
    this.#startedMs = now();
    this.#output = new MaskedOutput(secrets);
    this.#file = new LineFile(file, warn);
    const { term, columns, rows } = terminal;
    const header = {
      version: 2,
      // A client that has no terminal itself asks for one without a size.
      width: columns === 0 ? 80 : columns,
      height: rows === 0 ? 24 : rows,
      timestamp: Math.floor(this.#startedMs / 1000),
      env: { TERM: secrets.text(term).slice(0, longestTerm) },
    };
    this.#file.add(JSON.stringify(header));
  }

  get file(): string {
    return this.#file.file;
  }

  output(bytes: Buffer): void {
    if (this.#file.isOpen) this.#tell(this.#output.add(bytes, this.#atMs()));
  }

  resize(columns: number, rows: number): void {
    if (this.#file.isOpen) this.#file.add(this.#line(this.#atMs(), 'r', `${columns}x${rows}`));
  }

  close(): void {
    this.#tell(this.#output.end(this.#atMs()));
    this.#file.close();
  }

  #tell(texts: readonly TimedText[]): void {
    for (const { atMs, text } of texts) {
      for (let rest = text; rest !== '' && this.#file.isOpen;) {
        const part = this.#fitting(atMs, rest);
        this.#file.add(this.#line(atMs, 'o', part));
        rest = rest.slice(part.length);
      }
    }
  }

  /** So much of the text as the next line has room for. */
  #fitting(atMs: number, text: string): string {
    const room = this.#file.roomBytes;
    for (let length = Math.min(text.length, room); ;) {
      const part = text.slice(0, isCut(text, length) ? length + 1 : length);
      const bytes = Buffer.byteLength(this.#line(atMs, 'o', part)) + 1;
      if (bytes <= room || length === 1) return part;
      length = Math.max(1, Math.min(length - 1, Math.floor((length * room) / bytes)));
    }
  }

  /** What waited is not told before what was told meanwhile. */
  #line(atMs: number, kind: 'o' | 'r', data: string): string {
    this.#lastMs = Math.max(this.#lastMs, atMs);
    return JSON.stringify([this.#lastMs / 1000, kind, data]);
  }

  #atMs(): number {
    return this.#now() - this.#startedMs;
  }
}

/** Whether a character of two units would be cut there. */
function isCut(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}
