import { readlinkSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Debugging } from '../../sps/invocation/debugging.ts';
import type { GivenOptions } from '../command/option.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { debugOptions } from './commands/debug-options.ts';
import { renderWaiting } from './render/render-waiting.ts';

/** Undefined when no debugger is wanted; `--break` alone wants one. */
export function readDebugging(
  { debug, break: isBreaking, pdb }: GivenOptions<(typeof debugOptions)[number]>,
  terminal: Terminal,
): Debugging | undefined {
  if (debug === undefined && isBreaking === undefined && pdb === undefined) return undefined;
  return {
    ...(pdb && { terminal: findTerminal() }),
    port: typeof debug === 'number' ? debug : undefined,
    isBreaking: isBreaking === true,
    onWaiting: (waiting) => {
      terminal.sayAnyway(renderWaiting(waiting));
    },
    onAttached: () => {
      terminal.say('a debugger has attached; the plugin runs');
    },
    onCannotStop: (problem) => {
      terminal.say(`--break did not stop in the hook: ${problem}`);
    },
  };
}

/** Path of the terminal that the user types in. @throws PluginHostError USAGE */
function findTerminal(): string {
  if (process.stdin.isTTY && process.stderr.isTTY) {
    try {
      return readlinkSync('/proc/self/fd/0');
    } catch {
      // Another system than Linux.
    }
  }
  throw new PluginHostError('USAGE', '--pdb needs a terminal, on Linux', {
    hint: 'Run it in one, or use --debug with an editor.',
  });
}
