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
      env: { TERM: secrets.text(term) },
    };
    this.#file.add([JSON.stringify(header)]);
  }

  get file(): string {
    return this.#file.file;
  }

  output(bytes: Buffer): void {
    if (this.#file.isOpen) this.#tell(this.#output.add(bytes, this.#atMs()));
  }

  resize(columns: number, rows: number): void {
    if (this.#file.isOpen) this.#file.add([this.#line(this.#atMs(), 'r', `${columns}x${rows}`)]);
  }

  close(): void {
    this.#tell(this.#output.end(this.#atMs()));
    this.#file.close();
  }

  #tell(texts: readonly TimedText[]): void {
    this.#file.add(texts.map(({ atMs, text }) => this.#line(atMs, 'o', text)));
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
