import { type Fetched, fetches, passwords, privateKeys, totpCodes } from './credential-kind.ts';
import { type NextStep, nextStep } from './next-step.ts';

/** Plugin types whose hooks are published. Source: plugin guides 7.5.1; the other two types' hooks are not. */
export type PluginType = 'aa' | 'credentialstore';

export const pluginTypes: readonly PluginType[] = ['aa', 'credentialstore'];

export interface Argument {
  name: string;
  /** As the guides write it. */
  type: 'str' | 'str?' | 'int' | 'int?' | 'dict' | 'list?';
  /** First API version that has it. */
  since: string;
  /** The name to use instead. */
  deprecatedFor?: string;
}

export interface Hook {
  name: string;
  since: string;
  /** `yes`: a plugin without it is refused; `accept`: taken as ACCEPT; `no`: optional. */
  isMandatory: 'yes' | 'accept' | 'no';
  /** Verdicts it may give; none for a hook that does not judge. */
  verdicts: readonly Verdict[];
  /** Keys of its result that the product reads, with the cookies. */
  resultKeys: readonly string[];
  /** What it returns is ignored. */
  isResultIgnored: boolean;
  arguments: readonly Argument[];
  /** What it fetches; undefined for most. All of such a result is secret as long as its parts are unknown. */
  fetches: Fetched | undefined;
  next: NextStep;
}

export type Verdict = 'ACCEPT' | 'DENY' | 'NEEDINFO' | 'NONE';

const argument = (name: string, type: Argument['type'], since = '1.0'): Argument => ({ name, type, since });
const deprecated = (name: string, type: Argument['type'], deprecatedFor: string): Argument => ({
  ...argument(name, type),
  deprecatedFor,
});

const always = [argument('session_id', 'str'), argument('cookie', 'dict'), argument('session_cookie', 'dict')];

// Source: plugin guides 6.0.1 to 7.5.1 (arguments, deprecated names), signatures of SDK 1.5.0 to 1.9.1 (domains).
const aaCommon = [
  ...always,
  argument('protocol', 'str'),
  argument('connection_name', 'str'),
  argument('client_ip', 'str'),
  argument('client_port', 'int'),
  argument('client_hostname', 'str?', '1.5'),
  argument('gateway_user', 'str?'),
  argument('gateway_domain', 'str?'),
  argument('server_username', 'str?', '1.5'),
  argument('server_domain', 'str?', '1.5'),
  argument('key_value_pairs', 'dict'),
  deprecated('target_username', 'str?', 'server_username'),
];

const serverAddress = [
  argument('server_ip', 'str', '1.5'),
  argument('server_port', 'int', '1.5'),
  argument('server_hostname', 'str?', '1.5'),
];

const credentialCommon = [
  ...always,
  argument('protocol', 'str'),
  argument('client_ip', 'str'),
  argument('client_hostname', 'str?', '1.5'),
  argument('gateway_username', 'str?'),
  argument('gateway_password', 'str?'),
  argument('gateway_groups', 'list?'),
  argument('gateway_domain', 'str?'),
  argument('server_username', 'str', '1.5'),
  argument('server_domain', 'str?', '1.5'),
  ...serverAddress,
  deprecated('target_username', 'str', 'server_username'),
  deprecated('target_host', 'str', 'server_ip'),
  deprecated('target_port', 'int', 'server_port'),
  deprecated('target_domain', 'str?', 'server_domain'),
];

/** Arguments that hold a secret. Source: product contract §7. */
export const secretArguments: readonly string[] = ['gateway_password'];

const cookies = ['cookie', 'session_cookie'];
const judgement = ['verdict', 'question', 'additional_metadata', 'reason', ...cookies];

const hook = (name: string, details: Partial<Hook> & Pick<Hook, 'arguments' | 'next'>): Hook => ({
  name,
  since: '1.0',
  isMandatory: 'yes',
  verdicts: [],
  resultKeys: cookies,
  isResultIgnored: false,
  fetches: undefined,
  ...details,
});

const sessionEnded = hook('session_ended', {
  isResultIgnored: true,
  arguments: always,
  next: nextStep('The session is over.', { failed: 'SPS only logs this; the session is over anyway.' }),
});

/** The hooks of each plugin type, in the order in which a session calls them. */
export const hooksByType: Record<PluginType, readonly Hook[]> = {
  aa: [
    hook('authenticate', {
      verdicts: ['ACCEPT', 'DENY', 'NEEDINFO', 'NONE'],
      resultKeys: [...judgement, 'gateway_user', 'gateway_groups'],
      arguments: aaCommon,
      next: nextStep('Next: authorize.'),
    }),
    hook('authorize', {
      isMandatory: 'accept',
      verdicts: ['ACCEPT', 'DENY', 'NEEDINFO'],
      resultKeys: judgement,
      arguments: [
        ...aaCommon,
        argument('gateway_groups', 'list?'),
        ...serverAddress,
        deprecated('target_server', 'str', 'server_ip'),
        deprecated('target_port', 'int', 'server_port'),
        deprecated('target_domain', 'str?', 'server_domain'),
      ],
      next: nextStep('The session goes on to the target.'),
    }),
    sessionEnded,
  ],
  credentialstore: [
    hook('get_private_key_list', {
      resultKeys: [privateKeys.key, ...cookies],
      arguments: credentialCommon,
      fetches: fetches(privateKeys, { isTried: true }),
      next: nextStep('No key found: SPS goes on with passwords.', {
        found: 'SPS tries # on the target, in this order.',
      }),
    }),
    hook('get_password_list', {
      resultKeys: [passwords.key, ...cookies],
      arguments: credentialCommon,
      fetches: fetches(passwords, { isTried: true }),
      next: nextStep('No password found: the user is asked for the server password.', {
        found: 'SPS tries # on the target, in this order.',
      }),
    }),
    hook('authentication_completed', {
      arguments: always,
      next: nextStep('The session goes on.', {
        failed: 'SPS only logs this; the user is already connected and the session goes on.',
      }),
    }),
    hook('get_remote_app_credentials', {
      since: '1.7',
      isMandatory: 'no',
      resultKeys: [
        'account',
        'asset',
        passwords.key,
        'need_info',
        'launch_information',
        'additional_information',
        ...cookies,
      ],
      arguments: [...credentialCommon, argument('connection_name', 'str'), argument('asset', 'str')],
      fetches: fetches(passwords),
      next: nextStep('No credential: the launcher asks the user.', {
        found: 'The launcher logs in to the application.',
      }),
    }),
    hook('get_totp_codes', {
      since: '1.9',
      isMandatory: 'no',
      resultKeys: [totpCodes.key, ...cookies],
      arguments: credentialCommon,
      fetches: fetches(totpCodes, { isEmptyMeant: true }),
      next: nextStep('The plugin does not support TOTP codes.', { found: 'SPS has # at hand.' }),
    }),
    sessionEnded,
  ],
};

export function isPluginType(type: string): type is PluginType {
  return Object.hasOwn(hooksByType, type);
}

export function findHook(type: PluginType, name: string): Hook | undefined {
  return hooksByType[type].find((each) => each.name === name);
}

const allHooks = Object.values(hooksByType).flat();

/** Whether a hook of this name fetches credentials, so that a reply whose parts are unknown is secret as a whole. */
export function fetchesCredentials(name: string): boolean {
  return allHooks.some((each) => each.name === name && each.fetches !== undefined);
}

/** Names of arguments and of keys of results: part of the contract, whatever their values are. */
export function contractNamesOf(): Set<string> {
  return new Set(allHooks.flatMap((each) => [...each.arguments.map(({ name }) => name), ...each.resultKeys]));
}

/** Whether API version `since` is part of API version `api`; both `major.minor`. */
export function isSince(since: string, api: string): boolean {
  const [major = 0, minor = 0] = since.split('.').map(Number);
  const [apiMajor = 0, apiMinor = 0] = api.split('.').map(Number);
  return major < apiMajor || (major === apiMajor && minor <= apiMinor);
}

/** The arguments that an appliance of this API passes. */
export function argumentsOf({ arguments: all }: Pick<Hook, 'arguments'>, api: string): readonly Argument[] {
  return all.filter(({ since }) => isSince(since, api));
}
