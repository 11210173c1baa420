/** Exact versions by normalized name. */
export type Pins = ReadonlyMap<string, string>;

/** The form in which PEP 503 compares names. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The `name==version` among a distribution's requirements; old metadata writes `name (==version)`. */
export function readPins(requirements: readonly string[]): Pins {
  return new Map(
    requirements.flatMap((requirement): [string, string][] => {
      const written = requirement.replace(/[\s()]+/g, ' ').trimEnd();
      const [, name, version] = /^([A-Za-z0-9._-]+) ?== ?([^ ,;]+)$/.exec(written) ?? [];
      return name === undefined || version === undefined ? [] : [[normalizeName(name), version]];
    }),
  );
}

/** Packages that belong together: versions of one release hardly run with those of another. */
export interface PackageGroup {
  names: readonly string[];
  /** Modules that must work, see try-environment.py. */
  tries: readonly string[];
  /** What does not work without it, while hooks can be called; undefined: nothing works. */
  servesOnly?: string;
}

/**
 * Of the closure that the SDK pins, what hooks import, and what the SDK's own tool `pluginv` needs for its checks. Not redis and
 * fakeredis, because the host has a memory cache of its own, and not python-ldap, which has no wheels. The SDK has six and chardet in its
 * releases up to 1.8, so plugins may rely on them. Packages that others need come first.
 */
const hookGroups: readonly PackageGroup[] = [
  { names: ['idna'], tries: ['idna'] },
  { names: ['certifi'], tries: ['certifi'] },
  { names: ['chardet'], tries: ['chardet'] },
  { names: ['charset-normalizer'], tries: ['charset_normalizer'] },
  { names: ['six'], tries: ['six.moves'] },
  { names: ['requests', 'urllib3'], tries: ['requests'] },
  { names: ['pyopenssl', 'cryptography', 'cffi', 'pycparser', 'asn1crypto'], tries: ['OpenSSL.SSL', 'OpenSSL.crypto'] },
  { names: ['pyyaml'], tries: ['yaml'], servesOnly: 'pluginv' },
  { names: ['semantic-version'], tries: ['semantic_version'], servesOnly: 'pluginv' },
  { names: ['invoke'], tries: ['invoke', 'pluginv'], servesOnly: 'pluginv' },
];

/** What the SDK's test tasks need in addition; their own requirements are pinned with them. */
const testGroup: PackageGroup = {
  names: ['pytest', 'pytest-vcr', 'vcrpy', 'pytest-mock', 'pytest-cov', 'fakeredis', 'redis', 'flake8'],
  tries: ['fakeredis', 'flake8', 'vcr', 'pytest'],
  servesOnly: 'testing',
};

/** Groups of which the release has at least one package. */
export function groupsOf(pins: Pins, withTests: boolean): PackageGroup[] {
  const groups = withTests ? [...hookGroups, testGroup] : hookGroups;
  return groups.filter(({ names }) => names.some((name) => pins.has(name)));
}

/** What to ask pip for: the packages of the groups that the release has. */
export function rootsOf(groups: readonly PackageGroup[], pins: Pins): string[] {
  const onlyPulledIn = new Set(['pycparser', 'asn1crypto']);
  return groups.flatMap(({ names }) => names).filter((name) => pins.has(name) && !onlyPulledIn.has(name));
}

/** Everything that is pinned together with a group. The group of the tests has what no other group has, except python-ldap, which has no wheels. */
export function pinnedWith(group: PackageGroup, pins: Pins): string[] {
  if (group !== testGroup) return group.names.filter((name) => pins.has(name));
  const elsewhere = new Set(['python-ldap', ...hookGroups.flatMap(({ names }) => names)]);
  return [...pins.keys()].filter((name) => !elsewhere.has(name));
}

/** One line for all packages that differ for the same reason. @param reasons By package. */
export function describeDifferences(
  pins: Pins,
  installed: Readonly<Record<string, string>>,
  reasons: ReadonlyMap<string, string>,
): string[] {
  const differing = Object.entries(installed).flatMap(([name, version]) => {
    const pinned = pins.get(normalizeName(name));
    if (pinned === undefined || pinned === version) return [];
    return [
      {
        text: `${name} ${version} instead of ${pinned}`,
        reason: reasons.get(normalizeName(name)) ?? 'another package demands it',
      },
    ];
  });
  const byReason = Map.groupBy(differing, ({ reason }) => reason);
  return [...byReason].map(([reason, packages]) => `${packages.map(({ text }) => text).join(', ')}: ${reason}`);
}
