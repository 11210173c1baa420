import type { WaitOptions } from '../../sps/store/stored-sessions.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

/** How commands wait for a call of the same session: they say so, and can be interrupted. */
export function waitOptions(terminal: Terminal): Required<WaitOptions> {
  return {
    signal: terminal.interrupted,
    onWait: (name) => {
      terminal.say(`waiting for the running call of session ${name}`);
    },
  };
}
