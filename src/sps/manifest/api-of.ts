import { compareVersions } from './compare-versions.ts';

// Source: version history of the SDK, sdk_versions.csv; that 7.x is of API 1.7 is inferred from plugins that were released for it.
const firstOfApi: readonly (readonly [version: string, api: string])[] = [
  ['9.0', '1.9'],
  ['8.0', '1.8'],
  ['6.10', '1.7'],
  ['6.7', '1.6'],
  ['6.5', '1.5'],
  ['6.3', '1.4'],
  ['6.2', '1.3'],
  ['6.1', '1.2'],
  ['5.11', '1.1'],
];

/** The API of a version of the product. */
export function apiOf(spsVersion: string): string {
  return firstOfApi.find(([version]) => compareVersions(spsVersion, version) >= 0)?.[1] ?? '1.0';
}
