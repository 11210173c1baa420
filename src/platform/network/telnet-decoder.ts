import type { TerminalShape } from './network.ts';

/** Source: RFC 854, 857, 858, 1073, 1091. */
const code = { SE: 240, SB: 250, WILL: 251, WONT: 252, DO: 253, DONT: 254, IAC: 255 } as const;
const option = { ECHO: 1, SUPPRESS_GO_AHEAD: 3, TERMINAL_TYPE: 24, NAWS: 31 } as const;

const longestSubnegotiation = 1024;

/** Takes the commands out of what comes, and answers them: every option is refused but those that a terminal needs. */
export class TelnetDecoder {
  readonly #terminal: TerminalShape;
  readonly #answer: (bytes: Buffer) => void;
  /** What was agreed on, so that nothing is agreed on twice. */
  readonly #agreed = new Set<string>();
  #state: 'data' | 'command' | 'option' | 'sub' | 'sub-command' = 'data';
  #command = 0;
  #sub: number[] = [];
  #isAfterReturn = false;

  constructor(terminal: TerminalShape, answer: (bytes: Buffer) => void) {
    this.#terminal = terminal;
    this.#answer = answer;
  }

  /** The data without commands. */
  decode(bytes: Buffer): Buffer {
    const data: number[] = [];
    for (const byte of bytes) this.#take(byte, data);
    return Buffer.from(data);
  }

  #take(byte: number, data: number[]): void {
    switch (this.#state) {
      case 'data':
        if (byte === code.IAC) this.#state = 'command';
        else if (!(this.#isAfterReturn && byte === 0)) data.push(byte);
        this.#isAfterReturn = byte === 13;
        return;
      case 'command':
        this.#takeCommand(byte, data);
        return;
      case 'option':
        this.#state = 'data';
        this.#negotiate(byte);
        return;
      case 'sub':
        if (byte === code.IAC) this.#state = 'sub-command';
        else if (this.#sub.length < longestSubnegotiation) this.#sub.push(byte);
        return;
      case 'sub-command':
        this.#state = byte === code.SE ? 'data' : 'sub';
        if (byte === code.SE) this.#answerSub();
        else if (byte === code.IAC) this.#sub.push(byte);
    }
  }

  #takeCommand(byte: number, data: number[]): void {
    this.#state = 'data';
    if (byte === code.IAC) data.push(byte);
    else if (byte === code.SB) {
      this.#state = 'sub';
      this.#sub = [];
    } else if (byte >= code.WILL && byte <= code.DONT) {
      this.#state = 'option';
      this.#command = byte;
    }
  }

  #negotiate(asked: number): void {
    const command = this.#command;
    if (command === code.WILL) {
      const isTaken = asked === option.ECHO || asked === option.SUPPRESS_GO_AHEAD;
      this.#reply(isTaken ? code.DO : code.DONT, asked);
    } else if (command === code.DO) {
      const isTaken = asked === option.SUPPRESS_GO_AHEAD || asked === option.TERMINAL_TYPE || asked === option.NAWS;
      this.#reply(isTaken ? code.WILL : code.WONT, asked);
      if (asked === option.NAWS) this.#sendSize();
    } else {
      this.#agreed.delete(`${code.DO} ${asked}`);
      this.#agreed.delete(`${code.WILL} ${asked}`);
    }
  }

  /** To what is agreed on already there is no answer: two that answer each other would never end. */
  #reply(command: number, asked: number): void {
    const key = `${command} ${asked}`;
    if (this.#agreed.has(key)) return;
    this.#agreed.add(key);
    this.#answer(Buffer.from([code.IAC, command, asked]));
  }

  #sendSize(): void {
    const size = [this.#terminal.columns, this.#terminal.rows].flatMap((count) => [count >> 8, count & 0xff]);
    const escaped = size.flatMap((byte) => (byte === code.IAC ? [byte, byte] : [byte]));
    this.#answer(Buffer.from([code.IAC, code.SB, option.NAWS, ...escaped, code.IAC, code.SE]));
  }

  #answerSub(): void {
    const [asked, kind] = this.#sub;
    if (asked !== option.TERMINAL_TYPE || kind !== 1) return;
    const name = Buffer.from(this.#terminal.type, 'latin1');
    this.#answer(Buffer.from([code.IAC, code.SB, option.TERMINAL_TYPE, 0, ...name, code.IAC, code.SE]));
  }
}
