import { renderDuration } from '../../base/parse-duration.ts';
import { quoteWord } from '../../base/quote-word.ts';
import { type Told, told } from '../../diagnostics/tell.ts';
import type { Terminal } from './create-terminal.ts';
import { sanitize } from './sanitize.ts';

/** What `--verbose` shows on standard error. */
export class VerboseTalk implements Disposable {
  readonly #terminal: Pick<Terminal, 'say' | 'paintError'>;
  readonly #said = new Set<string>();

  constructor(terminal: Pick<Terminal, 'say' | 'paintError'>) {
    this.#terminal = terminal;
  }

  listen(): void {
    told.subscribe(this.#hear);
  }

  [Symbol.dispose](): void {
    told.unsubscribe(this.#hear);
  }

  readonly #hear = (message: unknown): void => {
    const { what } = message as Told;
    const lines = renderTold(message as Told);
    const text = lines.join('\n');
    // The same file is looked for by every part of the host that reads some of it.
    if (this.#said.has(text) && (what === 'project' || what === 'state')) return;
    this.#said.add(text);
    const [first = '', ...others] = lines.map(sanitize);
    const head = `${what.padEnd(9)}${first}`;
    this.#terminal.say(
      this.#terminal.paintError('dim', [head, ...others.map((each) => `${' '.repeat(9)}${each}`)].join('\n')),
    );
  };
}

function renderTold(message: Told): string[] {
  switch (message.what) {
    case 'project':
      return [message.file ?? `no plugin-host.yaml in or above ${[...new Set(message.searched)].join(', ')}`];
    case 'state':
      return [message.place];
    case 'start': {
      const { command, folder, environment, limits } = message;
      const set = Object.entries(limits as Record<string, unknown>).filter(([, value]) => typeof value === 'number');
      return [
        command.map((word) => quoteWord(withoutUser(word))).join(' '),
        `in ${folder}`,
        `environment ${environment.toSorted().join(', ')}`,
        ...(set.length === 0 ? [] : [`limits ${set.map(([name, value]) => `${name} ${String(value)}`).join(', ')}`]),
      ];
    }
    case 'call': {
      const { hook, plugin, interpreter, isPrepared, allowedMs } = message;
      const process = isPrepared ? 'in a process that was prepared ahead' : 'in a fresh process';
      const deadline = allowedMs === undefined ? 'without a deadline' : `deadline ${renderDuration(allowedMs)}`;
      return [`${hook} of ${plugin}, ${process}, by ${interpreter}; ${deadline}`];
    }
  }
}

/** The address of an index may have a password in it. */
function withoutUser(word: string): string {
  return word.replace(/\/\/[^/@\s]*@/g, '//***@');
}
