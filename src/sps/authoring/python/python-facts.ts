import { fileURLToPath } from 'node:url';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { runCommand } from '../../../process/run-command.ts';
import { hintOnEnvironment } from '../../invocation/runner-settings.ts';
import { compareVersions } from '../../manifest/compare-versions.ts';

export const sdkName = 'oneidentity-safeguard-sessions-plugin-sdk';

/** What python-facts.py says about an interpreter. */
export interface PythonFacts {
  /** Such as 3.11.2. */
  version: string;
  executable: string;
  /** Of a virtual environment the interpreter that it was made with, without links; else itself. */
  base: string;
  /** Installed versions, by the packages' own names. */
  packages: Record<string, string>;
  /** What the SDK requires; null when it is not installed. */
  requirements: string[] | null;
  hasVenv: boolean;
  hasPip: boolean;
  hasSqlite: boolean;
  hasSsl: boolean;
  hasDebugpy: boolean;
}

export interface Surroundings {
  /** Working directory. */
  cwd: string;
  env: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** @throws PluginHostError PYTHON_NOT_FOUND when it cannot be started or says nothing */
export async function readPythonFacts(python: string, surroundings: Surroundings): Promise<PythonFacts> {
  return (await askProgram([python, '-B'], 'python-facts.py', [sdkName], surroundings)) as PythonFacts;
}

/** What failed, by name; null where nothing did. Names as in try-environment.py. */
export async function tryEnvironment(
  python: string,
  names: readonly string[],
  surroundings: Surroundings,
): Promise<Record<string, string | null>> {
  return (await askProgram([python], 'try-environment.py', names, surroundings)) as Record<string, string | null>;
}

/**
 * Runs a child-side program of this folder, which answers with one line of JSON.
 * @throws PluginHostError PYTHON_NOT_FOUND when it cannot be started or says nothing
 */
export async function askProgram(
  [python, ...options]: readonly [string, ...string[]],
  program: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<unknown> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const { reply, lines } = await runCommand({ command: [python, ...options, file, ...args], ...surroundings });
  const [answer] = reply;
  if (answer !== undefined) return JSON.parse(answer);
  throw new PluginHostError('PYTHON_NOT_FOUND', `${python} does not run as Python: ${lines.slice(-3).join(' ')}`, {
    hint: `${hintOnEnvironment} Name another with --python.`,
  });
}

/** Source: product contract, Python. @throws PluginHostError PYTHON_UNSUPPORTED */
export function requireSupported(python: string, { version }: Pick<PythonFacts, 'version'>): void {
  if (isSupported(version)) return;
  throw new PluginHostError('PYTHON_UNSUPPORTED', `${python} is Python ${version}; 3.8 or newer is needed`, {
    hint: 'Name a newer interpreter with --python.',
  });
}

export function isSupported(version: string): boolean {
  return compareVersions(version, '3.8') >= 0;
}

/** `3.11` of `3.11.2`. */
export function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
