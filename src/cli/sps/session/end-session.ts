import { systemClock } from '../../../base/clock.ts';
import { isFailure } from '../../../base/is-failure.ts';
import { findHook } from '../../../sps/plugin/find-hook.ts';
import { findPluginPaths } from '../../../sps/replay/find-plugin-paths.ts';
import { findSession } from '../../../sps/replay/find-session.ts';
import { reopenPlugin } from '../../../sps/replay/reopen-plugin.ts';
import { recordedArguments } from '../../../sps/replay/replay-step.ts';
import { callInSession } from '../../../sps/session/call-in-session.ts';
import { endEach, findUnended } from '../../../sps/session/find-unended.ts';
import { requireHook } from '../../../sps/session/open-plugin.ts';
import { createStateOpener, tellClosed } from '../../../sps/session/open-state.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
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
  name: string,
  options: OptionsOf<typeof sessionCommands.end>,
): Promise<number> {
  const plugins = options.plugin ?? [];
  const force = options.force ?? false;
  const given = await hostOptionsOf(options);
  const { store, stateDir, content, imported } = await findSession(name, plugins, given);
  const unended = findUnended(content.steps);
  const paths = await findPluginPaths(plugins, unended, { ...given, force });
  const { interrupted: signal } = terminal;
  const openState = createStateOpener({ store, name });
  const made: StoredStep[] = [];
  const end = async (last: StoredStep): Promise<void> => {
    const { type } = last.record.plugin;
    const reopened = await reopenPlugin(last, {
      given,
      stateDir,
      path: paths.get(type),
      masked: content.masked,
      imported,
      force,
    });
    noteOtherPython(terminal, last, reopened);
    const { plugin, host } = reopened;
    const hook = requireHook(plugin, 'session_ended', host.release.api);
    const former = findHook(type, last.record.hook) ?? hook;
    const { connection } = recordedArguments(last, former);
    const stop = terminal.progress(`session_ended of ${plugin.name}`, host.pluginTimeoutMs);
    const call = {
      plugin,
      hook,
      ...host,
      connection,
      overlay: {},
      newAnswers: {},
      ownCookies: {},
      clock: systemClock,
      signal,
    };
    const { record, ...rest } = await callInSession(await openState(waitOptions(terminal)), {
      ...call,
      sessionName: name,
    }).finally(stop);
    made.push({ ...rest, n: content.steps.length + made.length + 1, record });
  };
  await endEach(unended, ({ record }) => record.plugin.type, end);
  const isKept = !made.some(({ record }) => record.problems.some(({ code }) => code === 'NOT_STORED'));
  if (isKept && store.readFacts(name).ended === null) await tellClosed(openState, { clock: systemClock, signal });
  const all = isKept ? store.readSteps(name) : [...content.steps, ...made];
  const logs = new Map(all.map(({ n, logLines }) => [n, logLines]));
  const steps = toShownSteps(all, options).filter(({ n }) => n > content.steps.length);
  const { paint } = terminal;
  if (options.json) terminal.printJson({ session: name, steps });
  else if (steps.length === 0) terminal.say(`${name}: session_ended was called for each of its plugins already`);
  else
    terminal.print(renderTimeline(steps, { columns: terminal.columns(), paint, logs: options.log ? logs : undefined }));
  return steps.some(isFailure) ? 1 : 0;
}
