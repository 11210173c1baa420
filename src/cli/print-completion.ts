import path from 'node:path';
import { packageFolder } from '../templates/copy-template.ts';
import { completionScript } from './completion/completion-script.ts';
import type { Terminal } from './terminal/create-terminal.ts';

/** `plugin-host completion SHELL`. @returns A promise, as all commands do */
export function printCompletion(terminal: Terminal, shell: string): Promise<number> {
  const bin = path.join(packageFolder(), 'bin/plugin-host.js');
  terminal.print(completionScript(shell, [process.execPath, bin]));
  return Promise.resolve(0);
}
