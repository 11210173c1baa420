import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { maskLog } from '../../../sps/call/mask-record.ts';
import { isHiddenName } from '../../../sps/recording/is-hidden-name.ts';
import { findSession } from '../../../sps/replay/find-session.ts';
import { replaySteps } from '../../../sps/replay/replay-steps.ts';
import { toShownReplay } from '../../../sps/replay/shown-replay.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import { jsonOrText, readJsonObject, readPairs } from '../../command/read-json-text.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOptionsOf } from '../host-options-of.ts';
import { noteOtherPython } from './note-other-python.ts';
import { renderReplay } from './render-replay.ts';
import { findStep } from './show-session.ts';

type ReplayOptions = OptionsOf<typeof sessionCommands.replay>;

/** Calls the hook of a step again, or of each step, and compares. */
export async function replaySession(
  terminal: Terminal,
  named: string | undefined,
  given: string | undefined,
  options: ReplayOptions,
): Promise<number> {
  const edits = {
    ...(await readJsonObject('--kwargs', options.kwargs)),
    ...readPairs('--set', options.set ?? [], jsonOrText),
  };
  const answers = readPairs('--answer', options.answer ?? [], (value) => value);
  const plugins = options.plugin ?? [];
  const force = options.force ?? false;
  const hostOptions = await hostOptionsOf(options);
  await using session = await findSession(named, plugins, hostOptions, isHiddenName);
  const { name, content } = session;
  const last = findStep(name, content.steps, given);
  const steps = given === undefined ? content.steps : [last];
  if (steps.length > 1 && Object.keys({ ...edits, ...answers }).length > 0) {
    throw new PluginHostError('USAGE', 'only the input of one step can be edited', {
      hint: `Name the step: \`plugin-host session replay ${name} ${last.n} …\`.`,
    });
  }
  if (content.masked) terminal.say(`warning: ${name} was imported without its secrets; the plugins get *** instead`);
  const { replays, secrets } = await replaySteps({
    session,
    steps,
    plugins,
    given: hostOptions,
    edits,
    answers,
    force,
    signal: terminal.interrupted,
    onCall: (step, reopened) => {
      noteWhatIsMissing(step, terminal);
      noteOtherPython(terminal, step, reopened);
      return terminal.progress(`${step.record.hook} of ${reopened.plugin.name}`, reopened.host.pluginTimeoutMs);
    },
  });
  const shown = replays.map((replay) => toShownReplay(replay, secrets, options));
  const isEqual = shown.every(({ equal }) => equal);
  if (options.json) terminal.printJson({ session: name, equal: isEqual, steps: shown });
  else {
    const lines = replays.map(({ step, result }) => [step.n, result] as const);
    const logs = new Map(
      lines.map(([n, { logLines, clearLogLines }]) => [
        n,
        options.showSecrets ? clearLogLines : maskLog(logLines, secrets),
      ]),
    );
    const columns = terminal.columns();
    terminal.show(renderReplay(shown, { columns, paint: terminal.paint, logs: options.log ? logs : undefined }));
  }
  return isEqual ? 0 : 1;
}

function noteWhatIsMissing({ n, input, record }: StoredStep, terminal: Terminal): void {
  if (input !== null) return;
  const what = Object.keys(record.kwargs).length === 0 ? 'no arguments' : 'only the arguments that the plugin declared';
  terminal.say(`warning: step ${n} was stored by an older plugin-host, with ${what} and without its configuration`);
}
