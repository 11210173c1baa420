/** Source: RFC 854, 857, 858, 1091. */
const command = { subEnd: 240, sub: 250, will: 251, wont: 252, do: 253, dont: 254, escape: 255 } as const;
const option = { echo: 1, suppressGoAhead: 3, terminalType: 24 } as const;

const ours: readonly number[] = [option.echo, option.suppressGoAhead];
const theirs: readonly number[] = [option.suppressGoAhead, option.terminalType];

/** What a server offers and asks for when a client connects. */
export const greeting = Buffer.from([
  ...[command.escape, command.will, option.suppressGoAhead],
  ...[command.escape, command.will, option.echo],
  ...[command.escape, command.do, option.terminalType],
]);

/** Takes options and commands out of what a client sends, and answers them. */
export class TelnetCodec {
  #pending: Uint8Array = new Uint8Array();
  /** Which of ours the client wants, and which of its own it has; an answer is due only to a change. */
  readonly #ours = new Set<number>(ours);
  readonly #theirs = new Set<number>([option.terminalType]);
  #clientEchoes = false;

  /** Whether the client shows what is typed itself, and does not want it back. */
  get clientEchoes(): boolean {
    return this.#clientEchoes;
  }

  /** @returns What was typed, and what is to be answered. */
  receive(chunk: Uint8Array): { data: Buffer; reply: Buffer } {
    const bytes = Buffer.concat([this.#pending, chunk]);
    const data: number[] = [];
    const reply: number[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] !== command.escape) {
        data.push(bytes[at] ?? 0);
        at++;
        continue;
      }
      const length = lengthOf(bytes, at);
      if (length === undefined) break;
      if (bytes[at + 1] === command.escape) data.push(command.escape);
      reply.push(...this.#answer(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0));
      at += length;
    }
    this.#pending = bytes.subarray(at);
    return { data: Buffer.from(data), reply: Buffer.from(reply) };
  }

  #answer(verb: number, what: number): number[] {
    switch (verb) {
      case command.do:
        return this.#agree(this.#ours, what, ours.includes(what), [command.will, command.wont]);
      case command.dont:
        if (what === option.echo) this.#clientEchoes = true;
        return this.#ours.delete(what) ? [command.escape, command.wont, what] : [];
      case command.will:
        return this.#agree(this.#theirs, what, theirs.includes(what), [command.do, command.dont]);
      case command.wont:
        return this.#theirs.delete(what) ? [command.escape, command.dont, what] : [];
      default:
        return [];
    }
  }

  #agree(agreed: Set<number>, what: number, isWanted: boolean, [yes, no]: [number, number]): number[] {
    if (!isWanted) return [command.escape, no, what];
    if (what === option.echo) this.#clientEchoes = false;
    if (agreed.has(what)) return [];
    agreed.add(what);
    return [command.escape, yes, what];
  }
}

/** What the other side takes for text. */
export function encodeTelnet(text: string): Buffer {
  const bytes = Buffer.from(text);
  return bytes.includes(command.escape)
    ? Buffer.from([...bytes].flatMap((byte) => (byte === command.escape ? [byte, byte] : [byte])))
    : bytes;
}

/** How many bytes a command takes, undefined when they have not all come. */
function lengthOf(bytes: Uint8Array, at: number): number | undefined {
  const verb = bytes[at + 1];
  if (verb === undefined) return undefined;
  if (verb === command.sub) {
    for (let end = at + 2; end + 1 < bytes.length; end++) {
      if (bytes[end] === command.escape && bytes[end + 1] === command.subEnd) return end + 2 - at;
      if (bytes[end] === command.escape) end++; // a byte of its own
    }
    return undefined;
  }
  if (verb < command.will || verb === command.escape) return 2;
  return bytes.length > at + 2 ? 3 : undefined;
}
