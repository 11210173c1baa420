import path from 'node:path';
import { showJson } from '../../../base/json.ts';
import type { Problem } from '../../../base/problem.ts';
import type { CheckReport } from '../../../sps/check/check-plugin.ts';
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

/**
 * Annotations of GitHub Actions, one line each. Their files are relative to the current folder; a problem in a ZIP is shown at the ZIP.
 * Source: GitHub documentation, workflow commands.
 */
export function renderAnnotations(
  checked: readonly (CheckedPackage & { isZip: boolean })[],
  currentFolder: string,
): string {
  const lines = checked.flatMap(({ path: given, isZip, problems }) =>
    problems.map((problem) => {
      const { level, code, message, hint, line } = problem;
      const file = path.relative(currentFolder, fileOf(problem, path.resolve(currentFolder, given), isZip)) || '.';
      const place = `file=${escapeProperty(file)}${line === null || isZip ? '' : `,line=${line}`}`;
      return `::${level} ${place}::${escapeData(`${code}  ${message}\n${hint}`)}`;
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** A problem of the package as a whole is shown at its MANIFEST. */
function fileOf({ file }: Problem, folder: string, isZip: boolean): string {
  return isZip ? folder : path.join(folder, file ?? 'MANIFEST');
}

const escapes: Record<string, string> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };

function escapeData(text: string): string {
  return text.replace(/[%\r\n]/g, (character) => escapes[character] ?? character);
}

function escapeProperty(text: string): string {
  return text.replace(/[%\r\n:,]/g, (character) => escapes[character] ?? character);
}
