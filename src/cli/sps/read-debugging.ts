import type { Debugging } from '../../sps/invocation/debugging.ts';
import type { GivenOptions } from '../command/option.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { debugOptions } from './commands/debug-options.ts';
import { renderWaiting } from './render/render-waiting.ts';

/** Undefined when no debugger is wanted; `--break` alone wants one. */
export function readDebugging(
  { debug, break: isBreaking }: GivenOptions<(typeof debugOptions)[number]>,
  terminal: Terminal,
): Debugging | undefined {
  if (debug === undefined && isBreaking === undefined) return undefined;
  return {
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
