import type { ParameterType } from './parameter-types.ts';

export interface ReservedParameter {
  name: string;
  type: ParameterType;
  group: string;
  /** Where the appliance takes the value from; of two names from nowhere: an administrator types it. */
  source: string;
  /** False of the two that are typed. */
  isMapped: boolean;
}

/** Name, type, source. Source: specification, appendix A. */
const groups: Record<string, readonly (readonly [string, ParameterType, string])[]> = {
  core: [
    ['AccountUserName', 'String', 'managed account, name'],
    ['AccountPassword', 'Secret', 'managed account, current password'],
    ['NewPassword', 'Secret', 'generated from the password profile'],
    ['OldPassword', 'Secret', 'managed account, password being replaced'],
    ['FuncUserName', 'String', 'service account of the asset, name'],
    ['FuncPassword', 'Secret', 'service account, password'],
    ['Address', 'String', 'asset, network address'],
    ['AssetName', 'String', 'asset, display name'],
    ['Port', 'Integer', 'asset override, else platform/script default'],
    ['Timeout', 'Integer', 'platform/script default (seconds)'],
  ],
  account: [
    ['AccountId', 'String', 'documented as the network address of the asset; most likely the id of the account'],
    ['AccountNamespace', 'String', 'managed account, namespace'],
    ['AccountDn', 'String', 'managed account, distinguished name'],
    ['DomainName', 'String', 'asset domain or account domain'],
    ['NetBiosname', 'String', 'account NetBIOS domain (spelled so)'],
    ['ObjectSid', 'String', 'account SID'],
    ['Environment', 'String', 'not mapped, typed per asset'],
  ],
  'service account': [
    ['FuncAccountDn', 'String', 'service account, distinguished name'],
    ['FuncUserDomain', 'String', 'service account, domain'],
    ['FuncUserNetBiosName', 'String', 'service account, NetBIOS domain'],
    ['FuncUserAccessKeyId', 'String', 'asset, access key id field (appears when declared)'],
    ['FuncUserAccessKey', 'Secret', 'asset, access key secret field'],
    ['UserKey', 'Secret', 'service account, private SSH key'],
    ['Instance', 'String', 'asset, instance field (appears when declared)'],
    ['Protocol', 'String', 'platform/asset transport'],
    ['SshPort', 'Integer', 'platform SSH session port'],
  ],
  connection: [
    ['UseSsl', 'Boolean', 'TLS setting of platform/asset'],
    ['SkipServerCertValidation', 'Boolean', 'certificate validation setting, inverted'],
    ['CheckHostKey', 'Boolean', 'host key validation setting'],
    ['HostKey', 'String', 'stored or discovered SSH host key'],
    ['HttpProxyUri', 'String', 'proxy setting'],
    ['HttpProxyPort', 'Integer', 'proxy setting'],
    ['HttpProxyUserName', 'String', 'proxy setting'],
    ['HttpProxyPassword', 'Secret', 'proxy setting'],
    ['TacacsSecret', 'Secret', 'network device secret'],
  ],
  'SSH key': [
    ['AccountSshKey', 'String', 'managed account, public key'],
    ['AccountSshKeyComment', 'String', 'managed account, key comment'],
    ['PrivateSshKey', 'Secret', 'managed account, private key'],
    ['NewSshKey', 'String', 'generated public key'],
    ['NewSshKeyComment', 'String', 'generated comment'],
    ['NewSshPrivateKey', 'Secret', 'generated private key'],
    ['NewSshKeyType', 'String', 'SSH key profile'],
    ['OldPrivateSshKey', 'Secret', 'previous private key'],
    ['OldSshKey', 'String', 'key being checked, replaced or removed'],
    ['SshKeyFingerprint', 'String', 'managed account, fingerprint'],
  ],
  dependency: [
    ['DependentAccountUserName', 'String', 'dependent account, name'],
    ['DependentAccountPassword', 'Secret', 'dependent account, password'],
    ['DependentNewPassword', 'Secret', 'new password for the dependent system'],
    ['DependentCommand', 'String', 'change profile, custom dependency command'],
    ['DependentAltUsername', 'String', 'dependent account, alternate login name'],
    ['DependentAccountType', 'String', 'type of the dependency link'],
    ['DependentUserNamespace', 'String', 'dependent account, namespace'],
    ['CommandArguments', 'String', 'change profile, arguments'],
    ['StdinArguments', 'Array', 'change profile, stdin lines'],
    ['ReportExitStatus', 'Boolean', 'change profile, exit code counts'],
    ['ChangeService', 'Boolean', 'change profile flag'],
    ['ChangeTask', 'Boolean', 'change profile flag'],
    ['ChangeIis', 'Boolean', 'change profile flag'],
    ['ChangeComPlus', 'Boolean', 'change profile flag'],
    ['RestartService', 'Boolean', 'change profile flag'],
  ],
  'dependency key': [
    ['DependentSshKey', 'String', 'dependent account, public key'],
    ['DependentSshKeyComment', 'String', 'dependent account, key comment'],
    ['DependentSshPrivateKey', 'Secret', 'dependent account, private key'],
    ['DependentSshKeyType', 'String', 'dependent account, key type'],
  ],
  privilege: [
    ['AdminGroupName', 'String', 'not mapped, typed per asset'],
    ['PrivilegeLevel', 'String', 'elevation context'],
    ['PrivilegeGroupMembership', 'Array', 'elevation context, groups'],
    ['DelegationPrefix', 'String', 'privilege elevation prefix, e.g. sudo'],
    ['PrivilegedUser', 'String', 'network device privilege identity'],
    ['EnablePassword', 'Secret', 'enable-mode secret'],
    ['NetworkDeviceEnablePassword', 'Secret', 'enable-mode secret'],
  ],
  file: [['FileBase64String', 'Secret', 'managed account, secure file, base64']],
  discovery: [
    ['SearchString', 'String', 'discovery profile condition'],
    ['DiscoveryQuery', 'Object', 'account discovery filter'],
    ['ServiceDiscoveryQuery', 'Object', 'service discovery filter'],
  ],
  'API key': [
    ['ApiKeyId', 'String', 'API key object, id'],
    ['ApiKeyName', 'String', 'API key object, name'],
    ['ApplicationName', 'String', 'application/account name'],
    ['ClientId', 'String', 'client/application id'],
    ['ClientSecret', 'String', 'API key secret; masked although its type is String'],
    ['ClientSecretId', 'String', 'target-side id of the secret'],
    ['KeyLifetime', 'Integer', 'lifetime in days'],
  ],
};

/** Known to the engine, and on no page. */
const alsoKnown = ['DependentUsername', 'DependentPassword', 'Interval', 'NetBiosName'];

const unmapped = ['Environment', 'AdminGroupName'];

/** The well-known parameters that the appliance fills. */
export const reservedParameters: readonly ReservedParameter[] = Object.entries(groups).flatMap(([group, rows]) =>
  rows.map(([name, type, source]) => ({ name, type, group, source, isMapped: !unmapped.includes(name) })),
);

const byName = new Map(reservedParameters.map((each) => [each.name.toLowerCase(), each]));

/** Whether a name is spelled like a reserved one but for its case. */
export function isCaseVariant(name: string): boolean {
  const reserved = findReserved(name);
  return reserved !== undefined && reserved.name !== name && !alsoKnown.includes(name);
}

/** The reserved parameter of a name; the appliance recognizes them without regard to case. */
export function findReserved(name: string): ReservedParameter | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether the values of a parameter are masked: of a type for secrets, and one that is a secret all the same. */
export function isSecretParameter(name: string, type: ParameterType | undefined): boolean {
  return type === 'Secret' || type === 'Password' || name.toLowerCase() === 'clientsecret';
}
