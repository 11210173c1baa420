import { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { Problem } from '../../../base/problem.ts';
import { findPython } from '../../invocation/runner-settings.ts';
import { profileOf } from '../../manifest/profile-of.ts';
import type { Language } from '../../plugin/plugin.ts';
import { normalizeName } from '../python/pins.ts';
import { minorOf } from '../python/python-facts.ts';
import { collectModules } from './collect-modules.ts';
import { collectPackages } from './collect-packages.ts';
import { describeUnlocked, fetchPackages } from './fetch-packages.ts';
import { findPinned } from './find-pinned.ts';
import type { PackOptions } from './pack-options.ts';
import type { PackedFile } from './packed-file.ts';
import { readDependencies } from './read-dependencies.ts';

/** Which packages were added, and how they were found. */
export interface BroughtAlong {
  /** Pipfile.lock, requirements.txt, pyproject.toml or package.json. */
  source: string;
  packages: { name: string; version: string; license: string }[];
  /** The Python whose pip fetched them, such as 3.11.2; null for TypeScript. */
  python: string | null;
  /** The Python of the appliance that they are for, such as 3.12; null for TypeScript. */
  targetPython: string | null;
}

interface Added {
  files: PackedFile[];
  problems: Problem[];
  brought: BroughtAlong | null;
  /** Why the plugin with its dependencies cannot be imported here. */
  obstacle: string | undefined;
}

interface AddOptions {
  root: string;
  language: Language;
  temporary: string;
  host: PackOptions;
}

const nothing: Added = { files: [], problems: [], brought: null, obstacle: undefined };

/** @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, INDEX_UNREACHABLE, STATE_UNWRITABLE */
export async function addDependencies(options: AddOptions): Promise<Added> {
  return options.language === 'typescript' ? addModules(options) : addPackages(options);
}

async function addModules({ root }: AddOptions): Promise<Added> {
  const { files, problems, packages } = await collectModules(root);
  if (packages.length === 0) return { ...nothing, problems };
  const brought = { source: 'package.json', packages: packages.map(nameOf), python: null, targetPython: null };
  return { ...nothing, files, problems, brought };
}

async function addPackages({ root, temporary, host }: AddOptions): Promise<Added> {
  const dependencies = readDependencies(root);
  if (dependencies === undefined) return nothing;
  if (dependencies.problems.length > 0) return { ...nothing, problems: dependencies.problems };
  const { source } = dependencies;
  const targetPython = profileOf(host.release.api)?.python ?? '3.12';
  const fetched = await fetchPackages({
    root,
    dependencies,
    python: requirePython(host),
    targetPython,
    folder: temporary,
    hostEnvironment: host.settings.hostEnvironment,
    environment: host.settings.environment,
    onStep: host.onStep,
    signal: host.signal,
  });
  if (fetched.problems.length > 0) return { ...nothing, problems: fetched.problems };
  const { files, problems, packages } = await collectPackages(fetched.folder);
  const pinned = dependencies.isLocked ? undefined : findPinned(root, dependencies);
  const unlocked = packages.filter(({ name }) => pinned?.has(normalizeName(name)) === false);
  const { version } = fetched.facts;
  return {
    files,
    problems: [
      ...problems,
      ...describeUnlocked(
        source,
        unlocked.map((each) => `${each.name} ${each.version}`),
      ),
    ],
    brought: { source, packages: packages.map(nameOf), python: version, targetPython },
    obstacle: findObstacle(files, version, targetPython),
  };
}

function nameOf({
  name,
  version,
  license,
}: {
  name: string;
  version: string;
  license: string;
}): BroughtAlong['packages'][number] {
  return { name, version, license };
}

function requirePython({ settings }: PackOptions): string {
  const found = findPython(settings);
  if (found !== undefined) return found;
  throw new PluginHostError('PYTHON_NOT_FOUND', `${settings.python} was not found on PATH`, {
    hint: 'Install Python 3.8 or newer (Debian, Ubuntu: apt install python3 python3-pip), or name one with --python.',
  });
}

function isCompiled(name: string): boolean {
  return name.endsWith('.so') && /\.cpython-\d+-/.test(name.slice(name.lastIndexOf('/') + 1));
}

/** Compiled modules run only on the Python that they were made for. */
function findObstacle(files: readonly PackedFile[], python: string, targetPython: string): string | undefined {
  const compiled = files.find(({ name }) => isCompiled(name));
  if (compiled === undefined || minorOf(python) === targetPython) return undefined;
  return `${compiled.name} is compiled for Python ${targetPython}, this is ${python}`;
}
