import { type Verb, verb } from './verb.ts';

const utilities = { source: 'commands/utilities' };
const logging = { source: 'commands/logging' };
const discovery = { source: 'guides/account-discovery' };
const encoding = { source: 'commands/encoding' };
const internal = { source: 'none', isEmulated: false, isOpen: true };

const hash = 'Password!:value SaltedHash!:value ResultVariable:reports';

/** Variables, logging, results, hashes, encodings. Source: specification d.0, d.3, d.5. */
export const dataVerbs: readonly Verb[] = [
  verb('SetItem', 'Name!:sets Value:value IsSecret:flag Type:plain', { ...utilities, shorthand: 'Name' }),
  verb('Declare', 'Name!:sets Value:value IsSecret:flag Type:plain', { ...utilities, shorthand: 'Name' }),
  verb('Split', 'Source:value DelimiterChars:list ResultVariableName:sets RemoveEmptyEntries:flag', {
    source: 'commands/index',
  }),
  verb('Comment', 'Text:plain', { ...utilities, shorthand: 'Text' }),
  verb('Wait', 'Seconds!:number', utilities),
  verb('Log', 'Text:value', logging),
  verb('Status', 'Type!:text Percent!:number Message!:object(Name!:text Parameters:list)', logging),
  verb('WriteResponseObject', 'Value:value', { source: 'commands/output' }),
  verb(
    'WriteDiscoveredAccount',
    'Name!:text UserId:value Sid:value GroupId:value Groups:value Roles:value Permissions:value FilterQuery:value',
    utilities,
  ),
  verb(
    'WriteDiscoveredService',
    'ServiceName:value DisplayName:value Account:value ServiceType:value Enabled:flag FilterQuery:value',
    discovery,
  ),
  verb('WriteDiscoveredSshKey', 'KeyType:value SshKey:value Comment:value Options:value', discovery),
  verb(
    'WriteDiscoveredAsset',
    'Name!:text Description:value GuestOperatingSystem:value Running:flag IpList:value',
    discovery,
  ),
  verb('CompareShadowHash', hash, encoding),
  verb('ComparePasswordHash', hash, encoding),
  verb('CompareUnixPasswordHash', hash, encoding),
  verb('CompareMacOsPasswordHash', hash, { ...encoding, isEmulated: false }),
  verb('UrlEncode', 'Source!:value ResultVariable!:sets IsSecret:flag', encoding),
  verb('UrlDecode', 'Source!:value ResultVariable!:sets IsSecret:flag', encoding),
  verb('CryptMd5', 'Source!:value ResultVariable!:sets', encoding),
  verb('SmaAccountName', '', internal),
  verb('AwsFunction', '', internal),
  verb('VmwareSdkConnect', '', internal),
  verb('VmwareSdkDisconnect', '', internal),
  verb('VmwareSdkDiscoverAssets', '', internal),
];
