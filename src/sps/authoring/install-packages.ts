import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../errors.ts';
import { describeDifferences, groupsOf, type PackageGroup, pinnedWith, type Pins, rootsOf } from './pins.ts';
import { readLastError, readRefused } from './pip-words.ts';
import { readPythonFacts, type Surroundings, tryEnvironment } from './python-facts.ts';
import { runPip } from './run-pip.ts';
import type { SdkEnvironment } from './sdk-environment.ts';

export interface PackageRequest {
  environment: SdkEnvironment;
  /** As 1.9.1. */
  sdk: string;
  pins: Pins;
  withTests: boolean;
  surroundings: Surroundings;
  onStep: (text: string) => void;
}

const sdkModules = ['safeguard.sessions.plugin', 'safeguard.sessions.plugin_impl.box_config'];

/**
 * Installs what the SDK imports: the vendor's versions as long as there are wheels of them which work on this Python, else the newest that
 * fit the others.
 * @returns Warnings.
 * @throws PluginHostError SDK_UNINSTALLABLE, INDEX_UNREACHABLE
 */
export async function installPackages(request: PackageRequest): Promise<string[]> {
  const { environment, sdk, pins, withTests, surroundings, onStep } = request;
  const groups = groupsOf(pins, withTests);
  /** Why a package may differ from its pin. */
  const released = new Map<string, string>();
  const release = (names: readonly string[], reason: string): boolean => {
    const held = names.filter((name) => pins.has(name) && !released.has(name));
    for (const name of held) released.set(name, reason);
    if (held.length > 0) {
      onStep(`  newest instead of ${held.map((name) => `${name} ${pins.get(name) ?? ''}`).join(', ')}: ${reason}`);
    }
    return held.length > 0;
  };

  const shown = new Set<string>();
  const onDownload = (file: string): void => {
    if (!shown.has(file)) onStep(`  downloading ${file}`); // a set that pip refused is loaded again with the next
    shown.add(file);
  };
  onStep(`installing ${rootsOf(groups, pins).join(', ')}`);
  for (;;) {
    const { exitCode, lines } = await pipInstall(request, groups, { released, onDownload });
    if (exitCode !== 0) {
      if (release(readRefused(lines), 'the pinned version has no wheel for this Python')) continue;
      throw uninstallable(sdk, readLastError(lines));
    }
    onStep('trying what was installed');
    const problems = await tryEnvironment(environment.python, [...namesToTry(groups), ...sdkModules], surroundings);
    const broken = groups.filter(({ tries }) => problemOf(tries, problems) !== undefined);
    // One at a time: the others may only stand on it.
    if (broken.some((group) => release(pinnedWith(group, pins), reasonOf(problemOf(group.tries, problems))))) continue;
    const hooksFail = problemOf(sdkModules, problems) ?? problemOf(namesToTry(broken.filter(isRequired)), problems);
    if (hooksFail !== undefined) {
      if (release([...pins.keys()], reasonOf(hooksFail))) continue;
      throw uninstallable(sdk, hooksFail);
    }
    const { packages } = await readPythonFacts(environment.python, surroundings);
    return [
      ...describeDifferences(pins, packages, released),
      ...broken.map(
        (group) => `${group.servesOnly ?? ''} does not work, hooks do: ${problemOf(group.tries, problems) ?? ''}`,
      ),
    ];
  }
}

async function pipInstall(
  { environment, pins, surroundings }: PackageRequest,
  groups: readonly PackageGroup[],
  { released, onDownload }: { released: ReadonlyMap<string, string>; onDownload: (file: string) => void },
): Promise<{ exitCode: number | undefined; lines: string[] }> {
  const constraints = path.join(environment.folder, 'constraints.txt');
  const held = [...pins].filter(([name]) => !released.has(name));
  writeFileSync(constraints, held.map(([name, version]) => `${name}==${version}\n`).join(''));
  const options = ['--only-binary', ':all:', '--upgrade', '--constraint', constraints];
  return runPip(environment.python, ['install', ...options, ...rootsOf(groups, pins)], {
    ...surroundings,
    onLine: (line) => {
      const [, file] = /^\s*Downloading (\S+ \([^)]*\))/.exec(line) ?? [];
      if (file !== undefined) onDownload(file.split('/').at(-1) ?? file);
    },
  });
}

function namesToTry(groups: readonly PackageGroup[]): string[] {
  return groups.flatMap(({ tries }) => tries);
}

function isRequired({ servesOnly }: PackageGroup): boolean {
  return servesOnly === undefined;
}

function problemOf(names: readonly string[], problems: Record<string, string | null>): string | undefined {
  return names.map((name) => problems[name]).find((each) => typeof each === 'string');
}

function reasonOf(problem: string | undefined): string {
  return `the pinned version does not work on this Python (${problem?.split('\n')[0] ?? ''})`;
}

export function uninstallable(sdk: string, reason: string): PluginHostError {
  return new PluginHostError('SDK_UNINSTALLABLE', `SDK ${sdk} cannot be installed on this Python: ${reason}`, {
    hint: 'Try another interpreter with --python, or another release with --sdk.',
  });
}
