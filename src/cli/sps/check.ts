import { statSync } from 'node:fs';
import { checkPlugin } from '../../sps/check/check-plugin.ts';
import { surroundImport } from '../../sps/services/surround-import.ts';
import { chooseProblemReporter } from '../command/choose-problem-reporter.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { renderAnnotations } from '../reporting/render-annotations.ts';
import { toSarif } from '../reporting/to-sarif.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { checkCommand } from './commands/check-command.ts';
import { hostOf, pluginHere } from './host-options-of.ts';
import { type CheckedPackage, placeProblems, renderCheckedPackages } from './render/render-checked-packages.ts';

type CheckOptions = OptionsOf<typeof checkCommand>;

/** Checks one or several packages. Exit code 1 when one has an error, or with `--fail-on warning` a warning. */
export async function check(terminal: Terminal, paths: string[], options: CheckOptions): Promise<number> {
  const reporter = chooseProblemReporter(options);
  const checked: CheckedPackage[] = [];
  for (const each of paths.length === 0 ? [pluginHere()] : paths) checked.push(await checkOne(terminal, each, options));
  const ok = checked.every((each) => each.ok);
  switch (reporter) {
    case 'json':
      terminal.printJson(toDocument(checked, ok));
      break;
    case 'github':
      for (const each of renderAnnotations(placeProblems(checked.map(withKind)), process.cwd())) terminal.print(each);
      break;
    case 'sarif':
      terminal.printJson(toSarif(placeProblems(checked.map(withKind)), process.cwd()));
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
  const isTooBad = options.failOn === 'warning' && report.problems.some(({ level }) => level === 'warning');
  return { path, ...report, ok: report.ok && !isTooBad };
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
