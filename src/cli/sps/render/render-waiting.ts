import path from 'node:path';
import { indent } from '../../../base/indent.ts';
import type { WaitingForDebugger } from '../../../sps/invocation/debugging.ts';
import type { Language } from '../../../sps/plugin/plugin.ts';
import { attachEntry } from '../../../templates/attach-entry.ts';

/** Where the plugin waits for a debugger, and how to attach. */
export function renderWaiting({ plugin, port, call }: WaitingForDebugger): string {
  const entry = path.join(plugin.root, plugin.entryPoint);
  return [
    `${plugin.name} waits for a debugger on 127.0.0.1:${port}; the deadline is off`,
    ...(call === undefined ? [] : [`  ${call}`]),
    ...howTo[plugin.language](port),
    `  breakpoints: in ${entry}`,
    '  Visual Studio Code: an entry of "configurations" in .vscode/launch.json, started with F5',
    indent(
      JSON.stringify({ name: `plugin-host: ${plugin.name}`, ...attachEntry(plugin.language, port) }, undefined, 2),
      4,
    ),
    'Ctrl-C ends the call',
  ].join('\n');
}

const howTo: Record<Language, (port: number) => string[]> = {
  python: () => ['  any client of debugpy (Debug Adapter Protocol) attaches there'],
  typescript: (port) => [
    `  in a terminal: node inspect 127.0.0.1:${port}`,
    '  Chrome: chrome://inspect (add this port to its list)',
  ],
};
