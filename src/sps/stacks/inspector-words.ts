/** A longer line does not come from Node. */
const mostBytes = 512;

const listening = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d{1,5}\/[0-9a-f-]{36})$/;

/** What Node itself writes on standard error about its inspector; a line of the plugin may have begun before it. */
const words = [
  listening,
  /For help, see: https:\/\/nodejs\.org\/[\w./-]{0,100}$/,
  /Debugger attached\.$/,
  /Waiting for the debugger to disconnect\.\.\.$/,
  /Debugger ending on ws:\/\/[\w.:/-]{0,100}$/,
  /Starting inspector on 127\.0\.0\.1:0 failed: /,
];

/** Removes what Node writes about its inspector from a log. */
export class InspectorWords {
  readonly #onListening: (url: string) => void;
  #pending = '';
  #isListening = false;

  /** @param onListening Is told once where the inspector listens. */
  constructor(onListening: (url: string) => void) {
    this.#onListening = onListening;
  }

  /** The plugin's own output. An incomplete line is held back as long as it may come from Node. */
  take(bytes: Buffer): Buffer {
    const lines = (this.#pending + bytes.toString('latin1')).split('\n');
    this.#pending = lines.pop() ?? '';
    let own = lines.map((line) => this.#read(line)).join('');
    if (this.#pending.length > mostBytes) {
      own += this.#pending;
      this.#pending = '';
    }
    return Buffer.from(own, 'latin1');
  }

  end(): Buffer {
    const own = this.#pending;
    this.#pending = '';
    return Buffer.from(own, 'latin1');
  }

  #read(line: string): string {
    if (line.length > mostBytes) return `${line}\n`;
    for (const word of words) {
      const found = word.exec(line);
      if (found === null) continue;
      const [, url] = found;
      if (url !== undefined && !this.#isListening) {
        this.#isListening = true;
        this.#onListening(url);
      }
      return line.slice(0, found.index);
    }
    return `${line}\n`;
  }
}
