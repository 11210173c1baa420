import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type ReporterName, reporterNames } from './create-reporter.ts';

/** Flags of a command that runs tests. */
export interface ReporterFlags {
  /** `NAME` or `NAME=FILE`, each. */
  reporter?: readonly string[] | undefined;
  json?: boolean | undefined;
  watch?: boolean | undefined;
  /** Nothing is run. */
  list?: boolean | undefined;
}

export interface ChosenReporter {
  name: ReporterName;
  /** Undefined: standard output. */
  file: string | undefined;
}

/** Pretty on standard output when nothing is chosen; `--json` is json on standard output. @throws PluginHostError USAGE */
export function chooseReporters({
  reporter = [],
  json = false,
  watch = false,
  list = false,
}: ReporterFlags): ChosenReporter[] {
  const named = reporter.map(readReporter);
  const isJsonNamed = named.some(({ name, file }) => name === 'json' && file === undefined);
  const all = json && !isJsonNamed ? [{ name: 'json', file: undefined } as const, ...named] : named;
  const chosen: ChosenReporter[] = all.length === 0 ? [{ name: 'pretty', file: undefined }] : all;
  const [first, second] = chosen.filter(({ file }) => file === undefined);
  if (first !== undefined && second !== undefined) throw both(first, second, json && !isJsonNamed);
  refuseSameFile(chosen);
  if (watch && first !== undefined && !['pretty', 'jsonl'].includes(first.name)) {
    throw new PluginHostError('USAGE', `--watch reports after each change, ${first.name} is one document`, {
      hint: `Leave out one of them, or give ${first.name} a file: --reporter ${first.name}=FILE.`,
    });
  }
  if (list && (watch || chosen.some(({ name, file }) => file !== undefined || !['pretty', 'json'].includes(name)))) {
    const other = watch ? '--watch' : `--reporter ${reporter.join(' --reporter ')}`;
    throw new PluginHostError('USAGE', `--list runs nothing, ${other} shows what was run`, {
      hint: 'Leave out one of them; `--list --json` prints the cases as JSON.',
    });
  }
  return chosen;
}

function readReporter(text: string): ChosenReporter {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const known = reporterNames.find((each) => each === name);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `${name} is not a reporter`, { hint: renderSuggestion(name, reporterNames) });
  }
  if (file === '') {
    throw new PluginHostError('USAGE', `--reporter ${text}: the name of a file is missing`, {
      hint: `Write --reporter ${known}=FILE, or --reporter ${known} for standard output.`,
    });
  }
  return { name: known, file: file === '-' || file === '/dev/stdout' ? undefined : file };
}

function both(first: ChosenReporter, second: ChosenReporter, isByFlag: boolean): PluginHostError {
  const message = isByFlag
    ? `--json prints JSON, --reporter ${second.name} something else`
    : `--reporter ${first.name} and --reporter ${second.name} both write to standard output`;
  return new PluginHostError('USAGE', message, {
    hint: `Leave out one of them, or give one a file: --reporter ${second.name}=FILE.`,
  });
}

function refuseSameFile(chosen: readonly ChosenReporter[]): void {
  const files = chosen.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice === undefined) return;
  throw new PluginHostError('USAGE', `two reporters write to ${twice}`, { hint: 'Give each a file of its own.' });
}
