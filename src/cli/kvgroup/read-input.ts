import { buffer } from 'node:stream/consumers';
import { hasError } from '../../base/problem.ts';
import type { KvDiagnostic } from '../../kvgroup/format/kv-diagnostic.ts';
import type { KvGroup } from '../../kvgroup/format/kv-group.ts';
import type { KvMessage } from '../../kvgroup/format/kv-message.ts';
import { MessageStream } from '../../kvgroup/reading/message-stream.ts';
import { parseMessage } from '../../kvgroup/reading/parse-message.ts';
import { readBytes } from '../../kvgroup/running/read-messages.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Paint, Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import type { formatCommands } from './commands/format-commands.ts';

export type ReadOptions = OptionsOf<typeof formatCommands.get>;

/** The messages of a file and their diagnostics. Without roots when there is an error. */
export interface Input {
  name: string;
  text: Uint8Array;
  roots: KvGroup[];
  diagnostics: KvDiagnostic[];
}

/** @throws PluginHostError FILE_NOT_FOUND */
export async function readInput(terminal: Terminal, file: string, options: ReadOptions): Promise<Input> {
  const isStandard = file === '-';
  if (isStandard && process.stdin.isTTY) terminal.say('Reading from the terminal; Ctrl-D ends the text.');
  const text = isStandard ? await buffer(process.stdin) : readBytes(file);
  const messages = parseAll(text, options);
  const diagnostics = messages.flatMap((message) => message.diagnostics);
  const roots = messages.flatMap(({ root }) => root ?? []);
  const isWrong = hasError(diagnostics);
  return { name: isStandard ? 'standard input' : file, text, roots: isWrong ? [] : roots, diagnostics };
}

/** A stream without any message is as wrong as a file without one. */
function parseAll(text: Uint8Array, { profile, stream, encoding }: ReadOptions): KvMessage[] {
  if (stream) {
    const reader = new MessageStream({ profile, encoding });
    const messages = [...reader.push(text), ...reader.finish()];
    if (messages.length > 0) return messages;
  }
  return [parseMessage(text, { profile, encoding })];
}

/**
 * Reports diagnostics: warnings on standard error; errors there too, or as the only document of `--json`. Returns whether there are
 * errors.
 */
export function reportInput(terminal: Terminal, { name, diagnostics }: Input, isJson: boolean): boolean {
  const isWrong = hasError(diagnostics);
  if (isWrong && isJson) terminal.printJson({ diagnostics });
  else if (diagnostics.length > 0) terminal.say(renderDiagnostics(name, diagnostics, terminal.paintError));
  return isWrong;
}

/** One line for each, and its hint once for several of the same kind in a row. */
function renderDiagnostics(name: string, diagnostics: readonly KvDiagnostic[], paint: Paint): string {
  return diagnostics
    .flatMap(({ level, code, message, line, column, hint, openedAt }, index) => {
      const opened = openedAt === undefined ? '' : `, opened at ${openedAt.line}:${openedAt.column}`;
      const head = `${paint(levelColours[level], level)} ${code}  ${name}:${line}:${column}: ${message}${opened}`;
      return hint === undefined || hint === diagnostics[index + 1]?.hint ? [head] : [head, `  ${hint}`];
    })
    .join('\n');
}
