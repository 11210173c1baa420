import type { ChannelFacts } from './channel-facts.ts';
import type { Credit } from './credit.ts';
import { MessageReader } from './message-reader.ts';

type Terminal = NonNullable<ChannelFacts['pty']>;

/** Keeps the output of a terminal. */
export interface Recorder {
  readonly file: string;
  output: (bytes: Buffer) => void;
  resize: (columns: number, rows: number) => void;
  close: () => void;
}

/** What is passed on. Agents, X11 and whatever is not known are not for the target. */
const passed: ReadonlySet<string> = new Set([
  'pty-req',
  'env',
  'shell',
  'exec',
  'subsystem',
  'window-change',
  'xon-xoff',
  'signal',
  'break',
  'eow@openssh.com',
]);

/** One channel. It has the same numbers on both sides. */
export class BridgedChannel {
  readonly n: number;
  readonly clientId: number;
  /** The target was asked to open it. */
  isAsked = false;
  /** Undefined until the target has opened it. */
  targetId: number | undefined;
  readonly toClient: Credit;
  /** Known when the target has opened it. */
  toTarget: Credit | undefined;
  recorder: Recorder | undefined;
  readonly closedBy = { client: false, target: false };
  readonly bytes = { toClient: 0, toTarget: 0 };
  #type: ChannelFacts['type'] | undefined;
  #command: string | null = null;
  #pty: Terminal | null = null;
  #exitStatus: number | null = null;
  #signal: string | null = null;

  constructor(n: number, clientId: number, toClient: Credit) {
    this.n = n;
    this.clientId = clientId;
    this.toClient = toClient;
  }

  /** @param destination where to, as facts tell it */
  becomeForward(destination: string): void {
    this.#type = 'forward';
    this.#command = destination;
  }

  /**
   * Notes what the client asks for.
   * @param record begins a recording, once something runs in a terminal
   * @returns whether it is passed on
   */
  takeRequest(message: Buffer, record?: (n: number, pty: Terminal) => Recorder | undefined): boolean {
    const { name, reader } = readRequest(message);
    if (!passed.has(name)) return false;
    if (name === 'pty-req') this.#pty ??= { term: reader.text(), columns: reader.number(), rows: reader.number() };
    if (name === 'window-change') this.recorder?.resize(reader.number(), reader.number());
    if (name === 'shell' || name === 'exec' || name === 'subsystem') {
      const command = name === 'shell' ? null : reader.text();
      if (this.#type !== undefined) return true;
      this.#type = name;
      this.#command = command;
      if (this.#pty !== null) this.recorder = record?.(this.n, this.#pty);
    }
    return true;
  }

  /** Notes how the target's program ended. */
  takeEnding(message: Buffer): void {
    const { name, reader } = readRequest(message);
    if (name === 'exit-status') this.#exitStatus = reader.number();
    if (name === 'exit-signal') this.#signal = `SIG${reader.text()}`;
  }

  /** Undefined when nothing was asked for. */
  facts(mask: (text: string) => string, isRefused: boolean): ChannelFacts | undefined {
    if (this.#type === undefined) return undefined;
    return {
      n: this.n,
      type: this.#type,
      command: this.#command === null ? null : mask(this.#command),
      pty: this.#pty === null ? null : { ...this.#pty, term: mask(this.#pty.term) },
      exitStatus: this.#exitStatus,
      signal: this.#signal,
      bytesIn: this.bytes.toTarget,
      bytesOut: this.bytes.toClient,
      recording: this.recorder?.file ?? null,
      ...(isRefused ? { refused: true } : {}),
    };
  }
}

function readRequest(message: Buffer): { name: string; reader: MessageReader } {
  const reader = new MessageReader(message, 5);
  const name = reader.text();
  reader.boolean(); // whether an answer is wanted
  return { name, reader };
}
