import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { CommandRun } from '../../../process/run-command.ts';
import type { Installer } from './installer.ts';
import { describeDifferences, groupsOf, type PackageGroup, pinnedWith, type Pins, rootsOf } from './pins.ts';
import { readPythonFacts, type Surroundings, tryEnvironment } from './python-facts.ts';
import type { SdkEnvironment } from './sdk-environment.ts';

export interface PackageRequest {
  environment: SdkEnvironment;
  installer: Installer;
  /** As 1.9.1. */
  sdk: string;
  pins: Pins;
  withTests: boolean;
  /** Why packages differ from their pins, by name, from an earlier installation. */
  released: Readonly<Record<string, string>>;
  surroundings: Surroundings;
  onStep: (text: string) => void;
}

interface InstalledPackages {
  warnings: string[];
  released: Record<string, string>;
}

const sdkModules = ['safeguard.sessions.plugin', 'safeguard.sessions.plugin_impl.box_config'];

/**
 * Installs what the SDK imports: the vendor's versions if they have wheels that work on this Python, else the newest that
 * fit the others.
 * @throws PluginHostError SDK_UNINSTALLABLE, INDEX_UNREACHABLE; UvFailed
 */
export async function installPackages(request: PackageRequest): Promise<InstalledPackages> {
  const { environment, installer, sdk, pins, withTests, surroundings, onStep } = request;
  const groups = groupsOf(pins, withTests);
  const released = new Map(Object.entries(request.released));
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
    if (!shown.has(file)) onStep(`  downloading ${file}`); // files of a set that was refused are downloaded again with the next one
    shown.add(file);
  };
  onStep(`installing ${rootsOf(groups, pins).join(', ')}`);
  for (;;) {
    const { exitCode, lines } = await installSet(request, groups, { released, onDownload });
    if (exitCode !== 0) {
      if (release(installer.readRefused(lines), 'the pinned version has no wheel for this Python')) continue;
      throw installer.failure(lines, (reason) => uninstallable(sdk, reason));
    }
    onStep('testing what was installed');
    const problems = await tryEnvironment(environment.python, [...namesToTry(groups), ...sdkModules], surroundings);
    const broken = groups.filter(({ tries }) => problemOf(tries, problems) !== undefined);
    // One at a time: the others may only fail because of it.
    const culprit = broken.find((group) =>
      release(pinnedWith(group, pins), reasonOf(problemOf(group.tries, problems))),
    );
    if (culprit !== undefined) {
      // What the newest releases no longer need would stay, and may not fit them.
      await installer.run(['uninstall', ...pinnedWith(culprit, pins)]);
      continue;
    }
    const hooksFail = problemOf(sdkModules, problems) ?? problemOf(namesToTry(broken.filter(isRequired)), problems);
    if (hooksFail !== undefined) {
      if (release([...pins.keys()], reasonOf(hooksFail))) continue;
      throw uninstallable(sdk, hooksFail);
    }
    const { packages } = await readPythonFacts(environment.python, surroundings);
    const warnings = [
      ...describeDifferences(pins, packages, released),
      ...broken.map(
        (group) => `${group.servesOnly ?? ''} does not work, hooks do: ${problemOf(group.tries, problems) ?? ''}`,
      ),
    ];
    return { warnings, released: Object.fromEntries(released) };
  }
}

interface InstallState {
  released: ReadonlyMap<string, string>;
  onDownload: (file: string) => void;
}

/**
 * First only the pinned versions, so that the installer names each one without a wheel instead of trying all combinations of other versions;
 * then, around those, the newest of the others and their requirements.
 */
async function installSet(
  { environment, installer, pins }: PackageRequest,
  groups: readonly PackageGroup[],
  { released, onDownload }: InstallState,
): Promise<CommandRun> {
  const install = async (...args: string[]): Promise<CommandRun> =>
    installer.run(['install', '--only-binary', ':all:', ...args], (line) => {
      const [, file] = /^\s*Downloading (\S+ \([^)]*\))/.exec(line) ?? [];
      if (file !== undefined) onDownload(file.split('/').at(-1) ?? file);
    });
  const isHeld = (name: string): boolean => !released.has(name);
  const exact = groups.flatMap((group) => pinnedWith(group, pins)).filter(isHeld);
  if (exact.length > 0) {
    const pinned = await install('--no-deps', ...exact.map((name) => `${name}==${pins.get(name) ?? ''}`));
    if (pinned.exitCode !== 0) return pinned;
  }
  const constraints = path.join(environment.folder, 'constraints.txt');
  const held = [...pins].filter(([name]) => isHeld(name)).map(([name, version]) => `${name}==${version}\n`);
  writeFileSync(constraints, held.join(''));
  return install('--upgrade', '--constraint', constraints, ...rootsOf(groups, pins));
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
