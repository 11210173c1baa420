import path from 'node:path';
import { indent } from '../../base/indent.ts';
import type { DebuggedLanguage } from '../../kvgroup/program/debugging.ts';

/** Where the plugin waits for a debugger, and how to attach. */
export function renderWaiting(plugin: string, port: number, language: DebuggedLanguage): string {
  const name = `plugin-host: ${path.basename(plugin)}`;
  const launch =
    language === 'python'
      ? { name, type: 'debugpy', request: 'attach', connect: { host: '127.0.0.1', port }, justMyCode: true }
      : { name, type: 'node', request: 'attach', address: '127.0.0.1', port, skipFiles: ['<node_internals>/**'] };
  return [
    `${path.basename(plugin)} waits for a debugger on 127.0.0.1:${port}; the deadline is off`,
    language === 'python'
      ? '  any client of debugpy (Debug Adapter Protocol) attaches there'
      : `  in a terminal: node inspect 127.0.0.1:${port}`,
    `  breakpoints: in ${path.resolve(plugin)}`,
    '  Visual Studio Code: an entry of "configurations" in .vscode/launch.json, started with F5',
    indent(JSON.stringify(launch, undefined, 2), 4),
    'Ctrl-C ends the run',
  ].join('\n');
}
