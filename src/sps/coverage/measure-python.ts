import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { quoteWord } from '../../base/quote-word.ts';
import { runCommand } from '../../process/run-command.ts';
import { shimEnvironment } from '../invocation/runner-settings.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { findOwnFiles } from './find-own-files.ts';
import type { Measured, RecordedPlugin } from './recorded-plugin.ts';

/** What measure-python.py says in one line. */
type Answer =
  | { file: string; covered: number[]; missing: number[] }
  | { absent: string; python: string; canInstall: boolean }
  | { problem: string };

/** The lines of a plugin that were run, as coverage.py counts them in the plugin's own environment. @throws PluginHostError as `runCommand` */
export async function measurePython(recorded: RecordedPlugin, signal: AbortSignal): Promise<Measured> {
  const { plugin, settings, folder } = recorded;
  const names = findOwnFiles(plugin);
  const [request, output] = [`${folder}.request`, `${folder}.output`];
  const reached = Object.fromEntries(names.map((name) => [name, readReached(path.join(folder, name))]));
  writeFileSync(request, JSON.stringify(reached));
  const { reply, lines } = await runCommand({
    command: [settings.python, fileURLToPath(new URL('measure-python.py', import.meta.url)), request, output],
    cwd: plugin.root,
    env: shimEnvironment(settings),
    signal,
  });
  const answers = reply.map((line) => JSON.parse(line) as Answer);
  if (reply.length === 0) answers.push({ problem: lines.slice(-3).join(' ') || 'it counted no file' });
  const measured: Measured = { files: [], warnings: [] };
  for (const answer of answers) {
    if ('absent' in answer) measured.warnings.push(describeAbsent(answer, plugin));
    else if ('problem' in answer) {
      measured.warnings.push(`the lines of ${plugin.name} are not counted; coverage.py: ${answer.problem}`);
    } else {
      const { file, covered, missing } = answer;
      const all = [...covered, ...missing].sort((one, other) => one - other);
      measured.files.push({ name: file, lines: all, covered: new Set(covered) });
    }
  }
  return measured;
}

/** The lines of a file that any process ran, from 1, as python-coverage.py keeps them. */
function readReached(file: string): number[] {
  try {
    return Array.from(readFileSync(file).entries()).flatMap(([line, byte]) => (byte === 0 ? [] : [line]));
  } catch {
    return []; // no line of it was run
  }
}

/** An environment of `python install`, by the release in it. */
const installedFolder = /[/]sdk-([\d.]+)-py[\d.]+(?:-[0-9a-f]+)?(-r[0-9a-f]+)?[/]bin[/][^/]*$/;

function describeAbsent({ python, canInstall }: Extract<Answer, { absent: string }>, plugin: Plugin): string {
  const [, sdk, own] = installedFolder.exec(python) ?? [];
  const where = plugin.path === '.' ? '' : ` -p ${quoteWord(plugin.path)}`;
  const release = `${sdk === undefined ? '' : ` --sdk ${sdk}`}${own === undefined ? '' : ' --requirements'}`;
  const line =
    sdk === undefined && canInstall
      ? `${quoteWord(python)} -m pip install coverage`
      : `plugin-host python install --with-coverage${release}${where}`;
  return `lines of Python are not counted: ${python} has no coverage.py\n  ${line}`;
}
