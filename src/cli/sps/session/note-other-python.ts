import type { Reopened } from '../../../sps/replay/reopen-plugin.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';

/** Says that an interpreter was not run because a file named it. */
export function noteOtherPython(
  terminal: Terminal,
  { n }: StoredStep,
  { otherPython, host }: Pick<Reopened, 'otherPython' | 'host'>,
): void {
  if (otherPython === undefined) return;
  const taken = sanitize(host.settings.python);
  terminal.say(
    `warning: step ${n} was recorded elsewhere with ${sanitize(otherPython)} and is called with ${taken}; --force uses the recorded one`,
  );
}
