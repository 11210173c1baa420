import { isFailure } from '../../../base/is-failure.ts';
import { isHiddenName } from '../../../sps/recording/is-hidden-name.ts';
import { endStored } from '../../../sps/replay/end-stored.ts';
import { findSession } from '../../../sps/replay/find-session.ts';
import { requireFree } from '../../../sps/replay/require-free.ts';
import { toShownSteps } from '../../../sps/store/shown-step.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOptionsOf } from '../host-options-of.ts';
import { renderTimeline } from '../render/render-timeline.ts';
import { waitOptions } from '../wait-options.ts';
import { noteOtherPython } from './note-other-python.ts';

/** Calls session_ended of each plugin of the session that has not had it. */
export async function endSession(
  terminal: Terminal,
  named: string | undefined,
  options: OptionsOf<typeof sessionCommands.end>,
): Promise<number> {
  const plugins = options.plugin ?? [];
  const force = options.force ?? false;
  const given = await hostOptionsOf(options);
  await using session = await findSession(named, plugins, given, isHiddenName);
  const { name, content } = session;
  await requireFree(session.store, name);
  const all = await endStored({
    name,
    session,
    plugins,
    given,
    force,
    ...waitOptions(terminal),
    signal: terminal.interrupted,
    onCall: (last, reopened) => {
      noteOtherPython(terminal, last, reopened);
      return terminal.progress(`session_ended of ${reopened.plugin.name}`, reopened.host.pluginTimeoutMs);
    },
  });
  const logs = new Map(all.map(({ n, logLines }) => [n, logLines]));
  const steps = toShownSteps(all, options).filter(({ n }) => n > content.steps.length);
  const { paint } = terminal;
  if (options.json) terminal.printJson({ session: name, steps });
  else if (steps.length === 0) terminal.say(`${name}: session_ended was called for each of its plugins already`);
  else
    terminal.show(renderTimeline(steps, { columns: terminal.columns(), paint, logs: options.log ? logs : undefined }));
  return steps.some(isFailure) ? 1 : 0;
}
