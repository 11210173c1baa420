import type { RefusalCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import { shorten } from '../../base/shorten.ts';
import type { ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import { parseApiVersion } from './api-version.ts';
import { compareVersions } from './compare-versions.ts';
import type { Release } from './release.ts';
import { lineOf, spsVersionsOf, textOf } from './to-manifest.ts';

/** Whether the emulated appliance takes a plugin of this API and this range of product versions. */
export function checkRelease(manifest: ConstructedDict, release: Release): Problem<RefusalCode>[] {
  const refuse = (code: RefusalCode, field: string, what: string, hint: string): Problem<RefusalCode> => {
    const line = lineOf(manifest, field);
    const where = line === null ? 'MANIFEST' : `MANIFEST:${line}`;
    return { level: 'error', code, message: `${where}: ${what}`, hint, file: 'MANIFEST', line };
  };
  return [...checkApi(textOf(manifest, 'api') ?? '', release, refuse), ...checkSpsVersion(manifest, release, refuse)];
}

type Refuse = (code: RefusalCode, field: string, what: string, hint: string) => Problem<RefusalCode>;

/** Same major, and a minor that is not higher. Source: credential store guide 6.9, plugin API versions. */
function checkApi(api: string, release: Release, refuse: Refuse): Problem<RefusalCode>[] {
  const wanted = parseApiVersion(api);
  const offered = parseApiVersion(release.api);
  if (wanted === undefined || offered === undefined) return [];
  if (wanted.major !== offered.major) {
    const what = `api ${shorten(wanted.text)} has another major version than the API ${release.api} of this release`;
    return [
      refuse(
        'API_OTHER_MAJOR',
        'api',
        what,
        `Port the plugin to API ${offered.major}, or emulate another release with --api.`,
      ),
    ];
  }
  if (wanted.minor <= offered.minor) return [];
  const what = `api ${shorten(wanted.text)} is newer than the API ${release.api} of this release`;
  const hint = `Set api to ${release.api} or lower, or emulate a newer release with --api and --sps-version.`;
  return [refuse('API_TOO_NEW', 'api', what, hint)];
}

/** Source: plugin guide 7.5.1, MANIFEST; that the plugin is refused then is ours; the documents do not say. */
function checkSpsVersion(manifest: ConstructedDict, release: Release, refuse: Refuse): Problem<RefusalCode>[] {
  const problems: Problem<RefusalCode>[] = [];
  const { spsMinVersion, spsMaxVersion } = spsVersionsOf(manifest);
  const { spsVersion } = release;
  if (spsMinVersion !== undefined && compareVersions(spsVersion, spsMinVersion) < 0) {
    const what = `SPS ${spsVersion} is older than scb_min_version ${shorten(spsMinVersion)}`;
    problems.push(
      refuse('SPS_TOO_OLD', 'scb_min_version', what, 'Lower the bound, or emulate a newer release with --sps-version.'),
    );
  }
  if (spsMaxVersion !== undefined && compareVersions(spsVersion, spsMaxVersion) > 0) {
    const what = `SPS ${spsVersion} is newer than scb_max_version ${shorten(spsMaxVersion)}`;
    problems.push(
      refuse(
        'SPS_TOO_NEW',
        'scb_max_version',
        what,
        'Raise or remove the bound, or emulate an older release with --sps-version.',
      ),
    );
  }
  return problems;
}
