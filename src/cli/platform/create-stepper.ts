import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Script } from '../../platform/script/script.ts';
import { type Breakpoints, findBreakpoints } from '../../platform/stepping/find-breakpoints.ts';
import { Stepper } from '../../platform/stepping/stepper.ts';
import { canAsk } from '../terminal/ask-in-terminal.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { LiveRun } from './live-run.ts';
import { StopConsole } from './stop-console.ts';

/** What `--break` names. @throws PluginHostError USAGE */
export function readBreakpoints(script: Script, file: string, words: readonly string[]): Breakpoints {
  if (!canAsk())
    throw new PluginHostError('USAGE', '--break needs a terminal: somebody has to say how to go on', {
      hint: 'Use --trace where nobody watches.',
    });
  return findBreakpoints(script, file, words);
}

/** Stops at breakpoints, and asks in the terminal how to go on. */
export function createStepper(
  breakpoints: Breakpoints,
  terminal: Terminal,
  live: LiveRun,
  source: { script: Script; file: string },
): Stepper {
  const console = new StopConsole(terminal, source);
  return new Stepper(breakpoints, async (stop) => {
    const release = live.hold();
    try {
      return await console.look(stop);
    } finally {
      release();
    }
  });
}
