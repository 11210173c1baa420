import { packPlugin, type PackReport } from '../../sps/authoring/pack/pack-plugin.ts';
import { surroundImport } from '../../sps/services/surround-import.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { requireNewFile } from '../command/new-file.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { authoringCommands } from './commands/authoring-commands.ts';
import { hostOf, pluginHere } from './host-options-of.ts';
import { renderProblems } from './render/render-call.ts';

type PackCommandOptions = OptionsOf<typeof authoringCommands.pack>;

export async function pack(
  terminal: Terminal,
  named: string | undefined,
  options: PackCommandOptions,
): Promise<number> {
  const folder = named ?? pluginHere();
  if (options.output !== undefined) requireNewFile(options.output, true);
  const host = await hostOf(folder, options);
  const report = await packPlugin(folder, {
    ...host,
    surround: surroundImport(host),
    output: options.output,
    exclude: options.exclude,
    mayImport: options.import,
    allowedMs: host.pluginTimeoutMs,
    onStep: terminal.say,
    signal: terminal.interrupted,
  });
  if (options.json) terminal.printJson(report);
  else terminal.show(renderPack(folder, report, terminal));
  return report.ok ? 0 : 1;
}

function renderPack(folder: string, report: PackReport, { paint }: Terminal): string {
  const { ok, file, sizeBytes, sha256, files, largest, dependencies, leftOut, problems } = report;
  const names = dependencies?.packages.map(({ name, version }) => `${name} ${version}`).join(', ') ?? '';
  const { python = null, targetPython = null } = dependencies ?? {};
  return [
    ok
      ? `${paint('green', 'packed')}  ${file ?? ''}  ${renderSize(sizeBytes)}, ${files} ${files === 1 ? 'file' : 'files'}`
      : `${paint('red', 'refused')}  ${folder}: nothing was written`,
    ...(sha256 === null ? [] : [`  ${paint('dim', `sha256 ${sha256}`)}`]),
    ...(dependencies === null ? [] : [`  with ${names} (${dependencies.source})`]),
    ...(python === null ? [] : [`  fetched by pip of Python ${python} for Python ${targetPython ?? ''}, Linux x86-64`]),
    ...(largest.length === 0
      ? []
      : [`  largest: ${largest.map((part) => `${part.path} ${renderSize(part.sizeBytes)}`).join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`  left out: ${leftOut.join(', ')}`]),
    ...(problems.length === 0 ? [] : [renderProblems(problems, paint)]),
  ].join('\n');
}

function renderSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
