import { showJson } from '../json.ts';
import { type CheckReport, checkPlugin } from '../sps/invocation/check-plugin.ts';
import { surroundImport } from '../sps/services/surround-import.ts';
import { hostOf, type SharedOptions } from './host-options.ts';
import type { Terminal } from './terminal.ts';

interface CheckOptions extends SharedOptions {
  strict?: true;
  import: boolean;
}

export async function check(terminal: Terminal, path = '.', options: CheckOptions): Promise<number> {
  const host = await hostOf(path, options);
  const stop = terminal.progress(`importing ${path}`, host.proxyTimeoutMs / 2);
  const report = await checkPlugin(path, {
    ...host,
    surround: surroundImport(host),
    strict: options.strict ?? false,
    mayImport: options.import,
    allowedMs: host.proxyTimeoutMs / 2,
    signal: terminal.interrupted,
  }).finally(stop);
  const { notes, ...document } = report;
  if (options.json) terminal.printJson(document);
  else terminal.print(renderCheck(path, { ...document, notes }, options.import, terminal));
  return report.ok ? 0 : 1;
}

function renderCheck(
  path: string,
  { ok, manifest, hooks, problems, notes }: CheckReport,
  mayImport: boolean,
  { paint }: Terminal,
): string {
  const field = (name: string): string => showJson(manifest?.[name]);
  const about =
    manifest === null ? '' : `  ${field('name')} ${field('version')}, ${field('type')}, API ${field('api')}`;
  const count = (level: string): number => problems.filter((problem) => problem.level === level).length;
  const errors = count('error');
  const warnings = count('warning');
  const tally = [
    errors && `${errors} ${errors === 1 ? 'error' : 'errors'}`,
    warnings && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ]
    .filter(Boolean)
    .join(', ');
  return [
    `${ok ? paint('green', 'ok') : paint('red', 'refused')}  ${path}${about}${tally === '' ? '' : `  ${paint('dim', tally)}`}`,
    ...(hooks.length > 0 ? [`  hooks: ${hooks.join(', ')}`] : []),
    ...notes.map((note) => `  ${paint('dim', `note: ${note}`)}`),
    ...(mayImport ? [] : ['  not imported: hooks and arguments were not checked']),
    ...problems.map(
      ({ level, code, message, hint }) =>
        `${paint(level === 'error' ? 'red' : 'yellow', level)} ${code}  ${message}\n  ${hint}`,
    ),
  ].join('\n');
}
