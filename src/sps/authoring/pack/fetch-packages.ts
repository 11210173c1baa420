import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { Problem } from '../../../base/problem.ts';
import { type PythonFacts, readPythonFacts, requireSupported } from '../python/python-facts.ts';
import { readLastError, readRefused } from '../python/read-last-error.ts';
import { pipEnvironment, runPip } from '../python/run-pip.ts';
import { packError, packWarning } from './packed-file.ts';
import type { Dependencies } from './read-dependencies.ts';

export interface FetchOptions {
  /** Folder of the plugin, absolute. */
  root: string;
  dependencies: Dependencies;
  /** The interpreter whose pip is used. */
  python: string;
  /** Python of the appliance, such as 3.12. */
  targetPython: string;
  /** Folder for what is fetched, absolute. */
  folder: string;
  /** The user's environment: what pip needs of it is passed on. */
  hostEnvironment: Readonly<Record<string, string | undefined>>;
  /** Added to it, as for a plugin. */
  environment: Readonly<Record<string, string>>;
  onStep: (text: string) => void;
  signal?: AbortSignal | undefined;
}

export interface Fetched {
  /** Folder with the packages. */
  folder: string;
  facts: PythonFacts;
  problems: Problem[];
}

/**
 * SPS is an x86-64 Ubuntu; the releases of its C library that wheels are named after. The last one is for a pip before 20.3, which
 * knows only that. It is inferred that the appliance has the Python of its SDK's lock file, see profile-of.ts.
 */
const glibcMinors = [39, 38, 37, 36, 35, 34, 31, 28, 27, 26, 24, 17];
const platforms = [
  'linux_x86_64',
  ...glibcMinors.map((minor) => `manylinux_2_${minor}_x86_64`),
  'manylinux2014_x86_64',
];

/** What markers such as `python_version < "3.9"` ask for. */
function markerVariables(python: string): Record<string, string> {
  return {
    python_version: python,
    python_full_version: `${python}.0`,
    implementation_version: `${python}.0`,
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: 'x86_64',
  };
}

/**
 * Fetches what the plugin needs for the appliance's Python, whatever Python and machine this is: only wheels.
 * @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, INDEX_UNREACHABLE
 */
export async function fetchPackages(options: FetchOptions): Promise<Fetched> {
  const { root, dependencies, python, targetPython, onStep } = options;
  const folder = path.join(options.folder, 'packages');
  mkdirSync(folder);
  const env = pipEnvironment(options.hostEnvironment, options.environment);
  const surroundings = { cwd: root, env, signal: options.signal };
  const facts = await readPythonFacts(python, surroundings);
  requireSupported(python, facts);
  if (!facts.hasPip) {
    throw new PluginHostError('PYTHON_NOT_FOUND', `${facts.executable} (Python ${facts.version}) has no pip`, {
      hint: 'Install it (Debian, Ubuntu: apt install python3-pip), make an environment with `plugin-host python install`, or name another Python with --python.',
    });
  }
  const requirements = path.join(options.folder, 'requirements.txt');
  if (dependencies.lines !== null) writeFileSync(requirements, dependencies.lines.map((line) => `${line}\n`).join(''));
  onStep(`fetching what ${dependencies.source} names, for Python ${targetPython}, with pip of Python ${facts.version}`);
  const { exitCode, lines } = await runPip(
    facts.executable,
    [
      ...['install', '--target', folder, '--no-compile', '--only-binary', ':all:'],
      ...['--implementation', 'cp', '--python-version', targetPython],
      ...platforms.flatMap((platform) => ['--platform', platform]),
      ...(dependencies.isLocked ? ['--no-deps', '--ignore-requires-python'] : []), // which some compare with their own Python
      ...['--requirement', dependencies.lines === null ? path.join(root, dependencies.source) : requirements],
    ],
    surroundings,
    [fileURLToPath(new URL('pip-for-target.py', import.meta.url)), JSON.stringify(markerVariables(targetPython))],
  );
  const problems = exitCode === 0 ? [] : [refusal(dependencies.source, lines, targetPython)];
  return { folder, facts, problems };
}

function refusal(source: string, lines: readonly string[], targetPython: string): Problem {
  const names = readRefused(lines);
  const isHash = lines.some((line) => line.includes('DO NOT MATCH THE HASHES'));
  const isOwnPython = lines.some((line) => line.includes('requires a different Python'));
  const hint = isHash
    ? 'Somebody changed the package, or the lock belongs to another one: find out which before you lock again.'
    : isOwnPython
      ? `This pip checks its own Python: name a Python ${targetPython} with --python.`
      : `Use versions that have a wheel for Python ${targetPython} on Linux x86-64 (--api names another release). Put what is released only as source into the folder of the plugin yourself.`;
  const what = names.length > 0 ? `no wheel for ${names.join(', ')}` : readLastError(lines);
  return packError('DEPENDENCIES_INVALID', `${source}: ${what}`, hint, source);
}

/** Versions that may be different another day. */
export function describeUnlocked(source: string, packages: readonly string[]): Problem[] {
  if (packages.length === 0) return [];
  return [
    packWarning(
      'DEPENDENCY_UNLOCKED',
      `${source}: does not lock ${packages.join(', ')}; another day may give another version, and so other bytes`,
      'Lock all with hashes: pipenv lock, or pip-compile --generate-hashes into requirements.txt.',
    ),
  ];
}
