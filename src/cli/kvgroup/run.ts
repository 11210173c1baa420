import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Debugging } from '../../kvgroup/program/debugging.ts';
import { createRunMasker, maskResult } from '../../kvgroup/running/create-run-masker.ts';
import { prepareRun } from '../../kvgroup/running/prepare-run.ts';
import type { NamedText } from '../../kvgroup/running/prepare-run.ts';
import { readBytes } from '../../kvgroup/running/read-messages.ts';
import { recordRuns } from '../../kvgroup/running/record-runs.ts';
import { allowedMsOf, runPlugin } from '../../kvgroup/running/run-plugin.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { choosePoint } from './choose-point.ts';
import type { runCommand } from './commands/run-command.ts';
import { renderRun } from './render-run.ts';
import { renderWaiting } from './render-waiting.ts';
import { runSettings } from './run-settings.ts';

type RunOptions = OptionsOf<typeof runCommand>;

/** `plugin-host kvgroup run PLUGIN` */
export async function run(terminal: Terminal, plugin: string, options: RunOptions): Promise<number> {
  const once = async (): Promise<number> => runOnce(terminal, plugin, options);
  if (!options.watch) return once();
  if (options.in === '-' || options.items === '-') {
    throw new PluginHostError('USAGE', 'standard input can be read once, and --watch runs again', {
      hint: 'Name a file.',
    });
  }
  const { watchFiles } = await import('../terminal/watch-files.ts');
  // The plugin's folder too, for what it imports.
  const files = [path.dirname(plugin), options.in, options.items].filter((file) => file !== undefined);
  return watchFiles({ paths: () => files, run: once }, terminal);
}

async function runOnce(terminal: Terminal, plugin: string, options: RunOptions): Promise<number> {
  const point = await choosePoint(options.point, path.dirname(plugin), options.hostConfig);
  const request = prepareRun({
    plugin,
    point,
    input: await readNamed(options.in),
    items: await readNamed(options.items),
    settle: options.settle ?? false,
    taken: readTaken(options.taken),
    timeoutMs: options.timeout,
    strict: options.strict ?? false,
    encoding: readEncoding(options.stdoutEncoding),
    signal: terminal.interrupted,
    debugging: readDebugging(plugin, options.debug, terminal),
    ...(await runSettings(path.dirname(plugin), options)),
  });
  const allowedMs = allowedMsOf(request);
  const stop =
    options.debug === undefined
      ? terminal.progress(`${point.id} ${path.basename(plugin)}`, allowedMs)
      : () => undefined;
  const outcome = await runPlugin(request).finally(stop);
  const masker = options.showSecrets ? undefined : createRunMasker(outcome);
  const shown = masker === undefined ? outcome.result : maskResult(outcome, masker);
  if (options.record !== undefined) recordRuns(options.record, outcome, shown, masker);
  if (options.json) terminal.printJson(shown);
  else
    terminal.show(
      renderRun(
        shown,
        { plugin, point, allowedMs: options.debug === undefined ? allowedMs : undefined, items: request.items ?? [] },
        terminal,
      ),
    );
  const isAnswer = shown.class === 'ok' || shown.class === 'failure';
  return isAnswer && !shown.problems.some(({ code }) => code === 'NOT_SETTLED') ? 0 : 1;
}

function readDebugging(plugin: string, debug: number | true | undefined, terminal: Terminal): Debugging | undefined {
  if (debug === undefined) return undefined;
  return {
    port: debug === true ? undefined : debug,
    onWaiting: (port, language) => {
      terminal.say(renderWaiting(plugin, port, language));
    },
  };
}

async function readNamed(file: string | undefined): Promise<NamedText | undefined> {
  if (file === undefined) return undefined;
  return file === '-'
    ? { name: 'standard input', bytes: await buffer(process.stdin) }
    : { name: file, bytes: readBytes(file) };
}

function readTaken(list: string | undefined): string[] {
  const ids = (list ?? '').split(',').map((id) => id.trim());
  return ids.filter((id) => id !== '');
}

/** @throws PluginHostError USAGE */
export function readEncoding(name: string | undefined): 'utf-8' | 'cp1252' | undefined {
  switch (name?.toLowerCase().replace(/[-_]/g, '')) {
    case undefined:
      return undefined;
    case 'utf8':
      return 'utf-8';
    case 'cp1252':
    case 'windows1252':
      return 'cp1252';
    default:
      throw new PluginHostError('USAGE', `--stdout-encoding ${name ?? ''}: not an encoding of plugins`, {
        hint: 'Known: utf-8, cp1252.',
      });
  }
}
