import path from 'node:path';
import { showJson } from '../../../base/json.ts';
import type { CheckReport } from '../../../sps/check/check-plugin.ts';
import type { FileProblem } from '../../reporting/file-problem.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import { renderProblems } from './render-call.ts';

/** A package that was checked. */
export interface CheckedPackage extends CheckReport {
  /** As given. */
  path: string;
}

/** For people: a block for each package and, when there are several, how many are refused. */
export function renderCheckedPackages(
  checked: readonly CheckedPackage[],
  mayImport: boolean,
  terminal: Terminal,
): string {
  const blocks = checked.map((each) => renderCheck(each, mayImport, terminal));
  const refused = checked.filter(({ ok }) => !ok).length;
  const tally = `${checked.length} packages: ${checked.length - refused} ok${refused === 0 ? '' : `, ${refused} refused`}`;
  return [...blocks, ...(checked.length === 1 ? [] : ['', tally])].join('\n');
}

function renderCheck(
  { path: given, ok, manifest, hooks, problems, notes }: CheckedPackage,
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
    `${ok ? paint('green', 'ok') : paint('red', 'refused')}  ${given}${about}${tally === '' ? '' : `  ${paint('dim', tally)}`}`,
    ...(hooks.length > 0 ? [`  hooks: ${hooks.join(', ')}`] : []),
    ...notes.map((note) => `  ${paint('dim', `note: ${note}`)}`),
    ...(mayImport ? [] : ['  not imported: hooks and arguments were not checked']),
    ...(problems.length === 0 ? [] : [renderProblems(problems, paint)]),
  ].join('\n');
}

/** The problems of packages with their files. One of a package as a whole is shown at its MANIFEST, one in a ZIP at the ZIP. */
export function placeProblems(checked: readonly (CheckedPackage & { isZip: boolean })[]): FileProblem[] {
  return checked.flatMap(({ path: given, isZip, problems }) =>
    problems.map((problem) =>
      isZip
        ? { ...problem, file: given, line: undefined, column: undefined }
        : { ...problem, file: path.join(given, problem.file ?? 'MANIFEST') },
    ),
  );
}
