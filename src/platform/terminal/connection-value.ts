import type { SshConnection } from '../network/network.ts';
import { ScriptObject } from '../values/script-object.ts';
import type { LineBuffer } from './line-buffer.ts';

/** What `Connect` makes: a line with a terminal, or a connection for commands. */
export class ConnectionValue extends ScriptObject {
  readonly typeName = 'Connection';
  /** Undefined without a terminal. */
  readonly line: LineBuffer | undefined;
  /** Undefined of Telnet. */
  readonly ssh: SshConnection | undefined;
  /** What ends a line that is sent. */
  readonly suffix: string;
  readonly #close: () => void;
  #isClosed = false;

  constructor(parts: Pick<ConnectionValue, 'line' | 'ssh' | 'suffix'>, close: () => void) {
    super();
    this.line = parts.line;
    this.ssh = parts.ssh;
    this.suffix = parts.suffix;
    this.#close = close;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Closed again it stays closed. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#close();
  }
}
