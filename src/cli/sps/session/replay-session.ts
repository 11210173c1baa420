import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { maskLog, maskRecord } from '../../../sps/call/mask-record.ts';
import { showDifferences } from '../../../sps/replay/compare-records.ts';
import { findPluginPaths } from '../../../sps/replay/find-plugin-paths.ts';
import { findSession } from '../../../sps/replay/find-session.ts';
import { reopenPlugin } from '../../../sps/replay/reopen-plugin.ts';
import { type Replay, replayStep } from '../../../sps/replay/replay-step.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
import { secretsOf } from '../../../sps/store/shown-step.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import { jsonOrText, readJsonObject, readPairs } from '../../command/read-json-text.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOptionsOf } from '../host-options-of.ts';
import { noteOtherPython } from './note-other-python.ts';
import { renderReplay, type ShownReplay } from './render-replay.ts';
import { findStep } from './show-session.ts';

type ReplayOptions = OptionsOf<typeof sessionCommands.replay>;

/** Calls the hook of a step again, or of each step, and compares. */
export async function replaySession(
  terminal: Terminal,
  name: string,
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
  const { content, stateDir, imported } = await findSession(name, plugins, hostOptions);
  const last = findStep(name, content.steps, given);
  const steps = given === undefined ? content.steps : [last];
  if (steps.length > 1 && Object.keys({ ...edits, ...answers }).length > 0) {
    throw new PluginHostError('USAGE', 'only the input of one step can be edited', {
      hint: `Name the step: \`plugin-host session replay ${name} ${last.n} …\`.`,
    });
  }
  const paths = await findPluginPaths(plugins, steps, { ...hostOptions, force });
  if (content.masked) terminal.say(`warning: ${name} was imported without its secrets; the plugins get *** instead`);
  const known = secretsOf(content.steps);
  const replays: Replay[] = [];
  for (const step of steps) {
    const reopened = await reopenPlugin(step, {
      given: hostOptions,
      stateDir,
      path: paths.get(step.record.plugin.type),
      masked: content.masked,
      imported,
      force,
    });
    noteWhatIsMissing(step, terminal);
    noteOtherPython(terminal, step, reopened);
    const stop = terminal.progress(`${step.record.hook} of ${reopened.plugin.name}`, reopened.host.pluginTimeoutMs);
    const { secretAnswers } = content;
    const all = { ...reopened, edits, answers, secretAnswers, knownSecrets: known.values, force };
    replays.push(await replayStep(step, { ...all, signal: terminal.interrupted }).finally(stop));
  }
  // A secret that became known in a later step is masked in the earlier ones too.
  const secrets = secretsOf([...content.steps, ...replays.map(({ result }) => result)]);
  const shown = replays.map((replay) => toShown(replay, secrets, options));
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
    terminal.print(renderReplay(shown, { columns, paint: terminal.paint, logs: options.log ? logs : undefined }));
  }
  return isEqual ? 0 : 1;
}

function noteWhatIsMissing({ n, input, record }: StoredStep, terminal: Terminal): void {
  if (input !== null) return;
  const what = Object.keys(record.kwargs).length === 0 ? 'no arguments' : 'only the arguments that the plugin declared';
  terminal.say(`warning: step ${n} was stored by an older plugin-host, with ${what} and without its configuration`);
}

function toShown(
  { step, result, differences }: Replay,
  secrets: StoredStep['secrets'],
  { showSecrets }: ReplayOptions,
): ShownReplay {
  const { n, record, logLines } = step;
  return {
    n,
    hook: record.hook,
    equal: differences.length === 0,
    differences: showDifferences(differences, record.hook, showSecrets ? undefined : secrets),
    recorded: showSecrets ? record : maskRecord(record, secrets, logLines),
    replayed: showSecrets ? result.record : maskRecord(result.record, secrets, result.logLines),
  };
}
