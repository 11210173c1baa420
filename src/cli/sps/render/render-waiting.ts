import path from 'node:path';
import { indent } from '../../../base/indent.ts';
import type { WaitingForDebugger } from '../../../sps/invocation/debugging.ts';
import type { Language } from '../../../sps/plugin/plugin.ts';

/** Where the plugin waits for a debugger, and how to attach. */
export function renderWaiting({ plugin, port, call }: WaitingForDebugger): string {
  const entry = path.join(plugin.root, plugin.entryPoint);
  return [
    `${plugin.name} waits for a debugger on 127.0.0.1:${port}; the deadline is off`,
    ...(call === undefined ? [] : [`  ${call}`]),
    ...howTo[plugin.language](port),
    `  breakpoints: in ${entry}`,
    '  Visual Studio Code: an entry of "configurations" in .vscode/launch.json, started with F5',
    indent(JSON.stringify(launchEntry(plugin.name, plugin.language, port), undefined, 2), 4),
    'Ctrl-C ends the call',
  ].join('\n');
}

/** An entry of `configurations` in launch.json. Source: documentation of debugpy and of Visual Studio Code, attaching. */
function launchEntry(name: string, language: Language, port: number): Record<string, unknown> {
  const title = `plugin-host: ${name}`;
  switch (language) {
    case 'python':
      return {
        name: title,
        type: 'debugpy',
        request: 'attach',
        connect: { host: '127.0.0.1', port },
        justMyCode: true,
      };
    case 'typescript':
      return {
        name: title,
        type: 'node',
        request: 'attach',
        address: '127.0.0.1',
        port,
        skipFiles: ['<node_internals>/**', '**/module-shim.mjs', '**/module-debugger.mjs'],
      };
  }
}

const howTo: Record<Language, (port: number) => string[]> = {
  python: () => ['  any client of debugpy (Debug Adapter Protocol) attaches there'],
  typescript: (port) => [
    `  in a terminal: node inspect 127.0.0.1:${port}`,
    '  Chrome: chrome://inspect (add this port to its list)',
  ],
};
