/** What SPP can ask of a platform. */
export interface Operation {
  name: string;
  /** Changes the target. */
  changes: boolean;
  /** Whether SPP asks for it: `never` what its list has and nobody drives, `doubtful` where pages disagree. */
  driven: 'yes' | 'doubtful' | 'never';
}

const changing = /^(?:Change|Enable|Disable|Elevate|Demote|Remove|Update)/;

const doubtful = ['CreateAdminUser', 'RetrieveSshHostKey'];
const never = ['CheckHostKey', 'DiscoverApiKeys'];

/** Source: specification a.6. */
const names =
  `CheckSystem CheckPassword ChangePassword CheckSshKey ChangeSshKey DiscoverSshHostKey RetrieveSshHostKey DiscoverAuthorizedKeys
RemoveAuthorizedKey DiscoverAccounts DiscoverServices EnableAccount DisableAccount ElevateAccount DemoteAccount UpdateDependentSystem CheckApiKey
ChangeApiKey CheckFile ChangeFile DiscoverAssets CheckHostKey DiscoverApiKeys CreateAdminUser`.split(/\s+/);

export const operations: readonly Operation[] = names.map((name) => ({
  name,
  changes: changing.test(name),
  driven: never.includes(name) ? 'never' : doubtful.includes(name) ? 'doubtful' : 'yes',
}));

const byName = new Map(operations.map((each) => [each.name.toLowerCase(), each]));

/** The operation of a name, which is compared without regard to case. */
export function findOperation(name: string): Operation | undefined {
  return byName.get(name.toLowerCase());
}

const pairs: readonly (readonly [string, string])[] = [
  ['CheckPassword', 'ChangePassword'],
  ['CheckSshKey', 'ChangeSshKey'],
  ['CheckApiKey', 'ChangeApiKey'],
  ['CheckFile', 'ChangeFile'],
  ['EnableAccount', 'DisableAccount'],
  ['ElevateAccount', 'DemoteAccount'],
];

/** The operation that belongs to another. */
export function partnerOf(name: string): string | undefined {
  const [first, second] = pairs.find((pair) => pair.includes(name)) ?? [];
  return name === first ? second : first;
}
