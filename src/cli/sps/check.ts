import { statSync } from 'node:fs';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { checkPlugin } from '../../sps/check/check-plugin.ts';
import { surroundImport } from '../../sps/services/surround-import.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { checkCommand } from './commands/check-command.ts';
import { hostOf, pluginHere } from './host-options-of.ts';
import { type CheckedPackage, renderAnnotations, renderCheckedPackages } from './render/render-checked-packages.ts';

type CheckOptions = OptionsOf<typeof checkCommand>;

const reporters = ['pretty', 'json', 'github'] as const;

/** Checks one or several packages. Exit code 1 when one has an error. */
export async function check(terminal: Terminal, paths: string[], options: CheckOptions): Promise<number> {
  const reporter = readReporter(options);
  const checked: CheckedPackage[] = [];
  for (const each of paths.length === 0 ? [pluginHere()] : paths) checked.push(await checkOne(terminal, each, options));
  const ok = checked.every((each) => each.ok);
  switch (reporter) {
    case 'json':
      terminal.printJson(toDocument(checked, ok));
      break;
    case 'github':
      if (checked.some(({ problems }) => problems.length > 0)) {
        terminal.print(renderAnnotations(checked.map(withKind), process.cwd()));
      }
      break;
    case 'pretty':
      terminal.show(renderCheckedPackages(checked, options.import, terminal));
  }
  return ok ? 0 : 1;
}

async function checkOne(terminal: Terminal, path: string, options: CheckOptions): Promise<CheckedPackage> {
  const host = await hostOf(path, options);
  const stop = terminal.progress(`importing ${path}`, host.pluginTimeoutMs);
  const report = await checkPlugin(path, {
    ...host,
    surround: surroundImport(host),
    strict: options.strict ?? false,
    mayImport: options.import,
    allowedMs: host.pluginTimeoutMs,
    signal: terminal.interrupted,
  }).finally(stop);
  return { path, ...report };
}

/** Source: product contract, `check --json`: of one package its report, of several a list. */
function toDocument(checked: readonly CheckedPackage[], ok: boolean): unknown {
  const packages = checked.map(({ notes, ...each }) => each);
  const [first, ...others] = packages;
  if (first === undefined || others.length > 0) return { ok, packages };
  const { path, ...document } = first;
  return document;
}

function withKind(checked: CheckedPackage): CheckedPackage & { isZip: boolean } {
  return { ...checked, isZip: statSync(checked.path, { throwIfNoEntry: false })?.isFile() ?? false };
}

/** @throws PluginHostError USAGE */
function readReporter({ json, reporter = json ? 'json' : 'pretty' }: CheckOptions): (typeof reporters)[number] {
  const known = reporters.find((each) => each === reporter);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `${reporter} is not a reporter`, {
      hint: renderSuggestion(reporter, reporters),
    });
  }
  if (json && known !== 'json') {
    throw new PluginHostError('USAGE', `--json prints JSON, --reporter ${known} something else`, {
      hint: 'Leave out one of them.',
    });
  }
  return known;
}
