/** What an appliance with a given API runs plugins with. */
interface ReleaseProfile {
  /** Python, `major.minor`. */
  python: string;
  /** Newest published SDK of this API, undefined when there is none. */
  sdk: string | undefined;
}

// Source: the dependency lists enclosed in the SDK packages 1.1.4 to 1.9.1, whose Python and libraries are those of the Ubuntu LTS releases;
// it is inferred that the appliance has the same. Guide 6.0 names 3.6 for the releases before.
const profiles = new Map<string, ReleaseProfile>([
  ['1.0', { python: '3.6', sdk: undefined }],
  ['1.1', { python: '3.6', sdk: '1.1.8' }],
  ['1.2', { python: '3.6', sdk: '1.2.2' }],
  ['1.3', { python: '3.6', sdk: '1.3.4' }],
  ['1.4', { python: '3.6', sdk: '1.4.4' }],
  ['1.5', { python: '3.6', sdk: '1.5.4' }],
  ['1.6', { python: '3.6', sdk: '1.6.0' }],
  ['1.7', { python: '3.8', sdk: '1.7.3' }],
  ['1.8', { python: '3.10', sdk: '1.8.4' }],
  ['1.9', { python: '3.12', sdk: '1.9.1' }],
]);

/** Undefined for an API that no known release has. */
export function profileOf(api: string): ReleaseProfile | undefined {
  return profiles.get(api);
}

/** All that are known, the oldest first. */
export const knownApis: readonly string[] = [...profiles.keys()];

/** The newest SDK of each, the newest first. */
export const knownSdks: readonly string[] = [...profiles.values()].flatMap(({ sdk }) => sdk ?? []).reverse();
