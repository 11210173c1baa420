import path from 'node:path';
import { nearestName } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { compareVersions } from '../../manifest/compare-versions.ts';
import { createUv, UvFailed } from './installer.ts';
import { sdkName, type Surroundings } from './python-facts.ts';
import { readVersions } from './read-last-error.ts';
import { runPip } from './run-pip.ts';
import type { UvSettings } from './uv-settings.ts';

/** The version to ask a pip for that does not list versions. */
const newestKnown = '1.9.1';

/** The version that uv would install, without installing it; undefined when it finds none. */
export async function askUvForVersion(
  asked: string | undefined,
  python: string,
  settings: UvSettings,
  surroundings: Surroundings,
): Promise<string | undefined> {
  const nowhere = path.join(surroundings.cwd, 'none'); // the packages of this Python do not count
  const wanted = asked === undefined ? sdkName : `${sdkName}==${asked}`;
  const dry = ['install', '--dry-run', '--no-deps', '--only-binary', ':all:', '--target', nowhere, wanted];
  try {
    const { lines } = await createUv(python, settings, surroundings).run(dry);
    return lines.map((line) => /^ \+ [\w-]+==(\S+)$/.exec(line)?.[1]).find((each) => each !== undefined);
  } catch (error) {
    if (error instanceof UvFailed) return undefined;
    throw error;
  }
}

/**
 * The newest published release, or the one asked for if it is published.
 * @param python One with pip.
 * @throws PluginHostError SDK_UNKNOWN, SDK_UNINSTALLABLE, INDEX_UNREACHABLE
 */
export async function findSdkVersion(
  asked: string | undefined,
  python: string,
  surroundings: Surroundings,
): Promise<string> {
  // There is no version 0, so pip lists those that exist; not every pip has a command for that.
  const { lines } = await runPip(python, ['download', '--no-deps', `${sdkName}==0`], surroundings);
  const versions = readVersions(lines);
  if (versions === undefined) return asked ?? newestKnown;
  const newest = versions.toSorted(compareVersions).at(-1);
  if (newest === undefined) {
    throw new PluginHostError('SDK_UNINSTALLABLE', `the package index has no ${sdkName}`, {
      hint: "Let pip use an index that has it: PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, PIP_FIND_LINKS or pip's own configuration.",
    });
  }
  if (asked === undefined) return newest;
  if (versions.includes(asked)) return asked;
  throw new PluginHostError('SDK_UNKNOWN', `SDK ${asked} does not exist`, { hint: suggest(asked, versions) });
}

function suggest(asked: string, versions: readonly string[]): string {
  const sameMinor = versions.filter((each) => each.startsWith(`${asked.split('.').slice(0, 2).join('.')}.`)).at(-1);
  return `Did you mean ${sameMinor ?? nearestName(asked, versions) ?? versions.at(-1) ?? ''}? Versions: ${versions.join(', ')}.`;
}
