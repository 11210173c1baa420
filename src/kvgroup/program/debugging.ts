import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { Program } from './find-program.ts';

/** Lets a debugger attach to a plugin in Python or Node, which waits for it before its first line. */
export interface Debugging {
  /** On 127.0.0.1. Undefined: the usual one of the language; 0: any that is free. */
  port: number | undefined;
  onWaiting: (port: number, language: DebuggedLanguage) => void;
}

export type DebuggedLanguage = 'python' | 'node';

/** What editors use: debugpy and Node's inspector. */
const usualPorts: Record<DebuggedLanguage, number> = { python: 5678, node: 9229 };

/** Beside this file, and beside the bundle that it becomes part of. */
const wrapper = path.join(import.meta.dirname, 'debugged-plugin.py');

/** The time of a plugin that stands in a debugger, in milliseconds: the longest that a timer takes, 24 days. */
export const debuggedMs = 2 ** 31 - 1;

/** The command with a debugger in it. @throws PluginHostError USAGE */
export function withDebugger({ command, ...program }: Program, { port }: Debugging): Program {
  const [interpreter, ...words] = command;
  const language = languageOf(interpreter);
  if (language === undefined || words.length === 0) {
    throw new PluginHostError(
      'USAGE',
      `${path.basename(command.at(-1) ?? '')}: --debug is for plugins in Python or Node`,
      {
        hint: 'Name the interpreter, as --interpreter .js=node, or leave out --debug and write to standard error what you want to know.',
      },
    );
  }
  const own = port ?? usualPorts[language];
  const inserted = language === 'node' ? [`--inspect-brk=127.0.0.1:${own}`] : [wrapper, String(own)];
  return { ...program, command: [interpreter, ...inserted, ...words] };
}

function languageOf(interpreter: string): DebuggedLanguage | undefined {
  const name = path.basename(interpreter);
  if (/^node(?:js)?$/.test(name)) return 'node';
  return /^python[\d.]*$/.test(name) ? 'python' : undefined;
}

/** What the debugger itself writes on the standard error of the plugin. */
const ownLines =
  /^(?:Debugger listening on|Debugger ending on|For help, see: https:\/\/nodejs\.org|Debugger attached\.|Waiting for the debugger to disconnect).*\n?/gm;

export function withoutDebugger(text: string): string {
  return text.replace(ownLines, '');
}

/** Reads from the standard error of the plugin when it waits, or why it cannot. */
export class DebuggerWatch {
  readonly #debugging: Debugging;
  readonly #command: Program['command'];
  #text = '';
  #isWaiting = false;

  constructor(debugging: Debugging, { command }: Program) {
    this.#debugging = debugging;
    this.#command = command;
  }

  add(bytes: Buffer): void {
    if (this.#isWaiting) return;
    this.#text += bytes.toString();
    const [, port] = /^Debugger listening on (?:ws:\/\/)?127\.0\.0\.1:(\d+)/m.exec(this.#text) ?? [];
    if (port === undefined) return;
    this.#isWaiting = true;
    this.#debugging.onWaiting(Number(port), languageOf(this.#command[0]) ?? 'python');
  }

  /** When the plugin has ended. @throws PluginHostError DEBUGGER_MISSING, PORT_REFUSED */
  requireWaited(): void {
    if (this.#isWaiting) return;
    const [, missing] = /^Debugger missing in (.*)$/m.exec(this.#text) ?? [];
    const [, refused] = /^(?:Debugger refused: |Starting inspector on .* failed: )(.*)$/m.exec(this.#text) ?? [];
    if (missing !== undefined) {
      throw new PluginHostError('DEBUGGER_MISSING', `debugpy cannot be imported by ${missing}`, {
        hint: `${quoteWord(this.#command[0])} -m pip install debugpy`,
      });
    }
    if (refused !== undefined) {
      throw new PluginHostError('PORT_REFUSED', `the debugger cannot listen: ${refused}`, {
        hint: 'Give another port, or --debug=0 for any that is free.',
      });
    }
  }
}
