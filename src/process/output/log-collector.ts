/** One line of what a child wrote, without its newline. */
export interface LogLine {
  /** Since the child's start, of the line's first byte; null for the line that says what was left out. */
  atMs: number | null;
  text: string;
}

export interface CollectedLog {
  lines: LogLine[];
  /** The middle was left out. */
  truncated: boolean;
}

interface Block {
  atMs: number;
  bytes: Buffer;
}

/** Small writes that arrive in the same millisecond share a block, up to this size, so that block headers stay few. */
const blockBytes = 64 * 1024;
const maximumLineLength = 64 * 1024;
const newline = 0x0a;

/**
 * Keeps the first and the last half of what a child writes, in order of arrival, in bounded memory.
 * A margin around the cut is kept too: text is masked before it is cut, and a secret may span the cut.
 */
export class LogCollector {
  readonly #halfBytes: number;
  readonly #marginBytes: number;
  readonly #head: Block[] = [];
  readonly #tail: Block[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #totalBytes = 0;

  constructor(limitBytes: number, marginBytes = blockBytes) {
    this.#halfBytes = Math.floor(limitBytes / 2);
    this.#marginBytes = marginBytes;
  }

  add(bytes: Buffer, atMs: number): void {
    this.#totalBytes += bytes.length;
    const room = this.#halfBytes + this.#marginBytes - this.#headBytes;
    if (room > 0) {
      const first = bytes.subarray(0, room);
      append(this.#head, { atMs, bytes: first });
      this.#headBytes += first.length;
    }
    const rest = bytes.subarray(Math.max(room, 0));
    if (rest.length === 0) return;
    append(this.#tail, { atMs, bytes: rest });
    this.#tailBytes += rest.length;
    for (let first = this.#tail[0]; first !== undefined; first = this.#tail[0]) {
      if (this.#tailBytes - first.bytes.length < this.#halfBytes + this.#marginBytes) break;
      this.#tail.shift();
      this.#tailBytes -= first.bytes.length;
    }
  }

  /** @param mask Must keep the number of newlines. */
  collect(mask: (text: string) => string): CollectedLog {
    if (this.#totalBytes <= 2 * this.#halfBytes) {
      const lines = splitLines([...this.#head, ...this.#tail], mask);
      if (lines.at(-1)?.text === '') lines.pop();
      return { lines: lines.map(cap), truncated: lines.some(({ text }) => text.length > maximumLineLength) };
    }
    const head = keepFirst(splitLines(this.#head, mask), this.#halfBytes);
    const tail = keepLast(splitLines([...this.#lastOfHead(), ...this.#tail], mask), this.#halfBytes);
    if (tail.at(-1)?.text === '') tail.pop();
    const missing = this.#totalBytes - 2 * this.#halfBytes;
    const cut = { atMs: null, text: `[… ${missing} bytes of the log are left out here …]` };
    return { lines: [...head, cut, ...tail].map(cap), truncated: true };
  }

  /** When little was written past the head, the last half reaches back into it. */
  #lastOfHead(): Block[] {
    let wanted = this.#halfBytes + this.#marginBytes - this.#tailBytes;
    const blocks: Block[] = [];
    for (const block of this.#head.toReversed()) {
      if (wanted <= 0) break;
      blocks.unshift({ atMs: block.atMs, bytes: block.bytes.subarray(-wanted) });
      wanted -= block.bytes.length;
    }
    return blocks;
  }
}

function append(blocks: Block[], { atMs, bytes }: Block): void {
  const last = blocks.at(-1);
  if (last !== undefined && Math.round(last.atMs) === Math.round(atMs) && last.bytes.length < blockBytes) {
    last.bytes = Buffer.concat([last.bytes, bytes]);
  } else {
    blocks.push({ atMs, bytes: Buffer.from(bytes) });
  }
}

function splitLines(blocks: Block[], mask: (text: string) => string): LogLine[] {
  const starts: number[] = [];
  let atLineStart = true;
  for (const { atMs, bytes } of blocks) {
    if (atLineStart) starts.push(atMs);
    for (let at = bytes.indexOf(newline); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(newline, at + 1)) {
      starts.push(atMs);
    }
    atLineStart = bytes.at(-1) === newline;
  }
  const texts = mask(Buffer.concat(blocks.map(({ bytes }) => bytes)).toString()).split('\n');
  return texts.map((text, index) => ({ atMs: starts[index] ?? starts.at(-1) ?? 0, text }));
}

function keepFirst(lines: LogLine[], bytes: number): LogLine[] {
  const kept: LogLine[] = [];
  let room = bytes;
  for (const { atMs, text } of lines) {
    const length = Buffer.byteLength(text) + 1;
    if (length > room) {
      if (room > 0) kept.push({ atMs, text: Buffer.from(text).subarray(0, room).toString() });
      break;
    }
    kept.push({ atMs, text });
    room -= length;
  }
  return kept;
}

function keepLast(lines: LogLine[], bytes: number): LogLine[] {
  const kept: LogLine[] = [];
  let room = bytes;
  for (const { atMs, text } of lines.toReversed()) {
    const length = Buffer.byteLength(text) + 1;
    if (length > room) {
      if (room > 0) kept.push({ atMs, text: Buffer.from(text).subarray(-room).toString() });
      break;
    }
    kept.push({ atMs, text });
    room -= length;
  }
  return kept.reverse();
}

function cap({ atMs, text }: LogLine): LogLine {
  const over = text.length - maximumLineLength;
  return { atMs, text: over > 0 ? `${text.slice(0, maximumLineLength)} [… ${over} characters more]` : text };
}
