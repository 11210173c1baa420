import { nearestName } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { compareVersions } from '../../manifest/compare-versions.ts';
import { sdkName, type Surroundings } from './python-facts.ts';
import { readVersions } from './read-last-error.ts';
import { runPip } from './run-pip.ts';

/** What a pip that does not list versions is asked for. */
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
  // No version is 0, and pip then lists those that there are; its own command for that is not in every pip.
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
  throw new PluginHostError('SDK_UNKNOWN', `there is no SDK ${asked}`, { hint: suggest(asked, versions) });
}

function suggest(asked: string, versions: readonly string[]): string {
  const sameMinor = versions.filter((each) => each.startsWith(`${asked.split('.').slice(0, 2).join('.')}.`)).at(-1);
  return `Did you mean ${sameMinor ?? nearestName(asked, versions) ?? versions.at(-1) ?? ''}? There are ${versions.join(', ')}.`;
}
