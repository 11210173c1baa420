import { nearestName } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { compareVersions } from '../../manifest/compare-versions.ts';
import { sdkName, type Surroundings } from './python-facts.ts';
import { readVersions } from './read-last-error.ts';
import { runPip } from './run-pip.ts';

/** The version to ask a pip for that does not list versions. */
const newestKnown = '1.9.1';

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
