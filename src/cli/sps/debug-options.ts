import { type Command, InvalidArgumentError, Option } from 'commander';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Debugging } from '../../sps/invocation/debugging.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderWaiting } from './render/render-waiting.ts';

export interface DebugOptions {
  /** A port; true: the usual one. */
  debug?: number | true;
  break?: true;
  watch?: true;
}

/** For commands that call hooks. */
export function addDebugOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--debug [=port]',
        'wait for a debugger on this port of 127.0.0.1, without a deadline (default: 5678 for Python, 9229 for TypeScript; 0: any free one)',
      ).argParser(toPort),
    )
    .option('--break', "with the debugger, stop in the hook's first line");
}

/** Undefined when no debugger is wanted; `--break` alone wants one. @throws PluginHostError USAGE */
export function readDebugging(
  { debug, break: isBreaking, watch }: DebugOptions,
  terminal: Terminal,
): Debugging | undefined {
  if (debug === undefined && isBreaking === undefined) return undefined;
  if (watch) {
    throw new PluginHostError('USAGE', '--debug waits for a debugger, --watch calls again after each change', {
      hint: 'Leave out one of them.',
    });
  }
  return {
    port: typeof debug === 'number' ? debug : undefined,
    isBreaking: isBreaking === true,
    onWaiting: (waiting) => {
      terminal.say(renderWaiting(waiting));
    },
    onAttached: () => {
      terminal.say('a debugger has attached; the plugin runs');
    },
    onCannotStop: (problem) => {
      terminal.say(`--break did not stop in the hook: ${problem}`);
    },
  };
}

/** `--debug` takes a port only behind `=` or when a number follows: what follows else is the hook. */
export function joinDebugPort(args: readonly string[]): string[] {
  return args.flatMap((word, index) => {
    const next = args[index + 1];
    if (word === '--debug') return [/^\d+$/.test(next ?? '') ? `--debug=${next ?? ''}` : '--debug='];
    return args[index - 1] === '--debug' && /^\d+$/.test(word) ? [] : [word];
  });
}

function toPort(text: string): number | true {
  if (text === '') return true;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
