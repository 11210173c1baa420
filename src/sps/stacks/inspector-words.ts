/** A longer line is none of Node's. */
const mostBytes = 512;

const listening = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d{1,5}\/[0-9a-f-]{36})$/;

/** What Node itself writes on standard error about its inspector; a plugin's own line may have been begun before. */
const words = [
  listening,
  /For help, see: https:\/\/nodejs\.org\/[\w./-]{0,100}$/,
  /Debugger attached\.$/,
  /Waiting for the debugger to disconnect\.\.\.$/,
  /Debugger ending on ws:\/\/[\w.:/-]{0,100}$/,
  /Starting inspector on 127\.0\.0\.1:0 failed: /,
];

/** Takes out of a log what Node writes about its inspector. */
export class InspectorWords {
  readonly #onListening: (url: string) => void;
  #pending = '';
  #isListening = false;

  /** @param onListening Is told once where the inspector listens. */
  constructor(onListening: (url: string) => void) {
    this.#onListening = onListening;
  }

  /** What is the plugin's own. A line that is not complete yet is held back as long as it may be one of Node's. */
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
