import type { Json, JsonObject } from '../../json.ts';
import {
  createMasker,
  privateKeyBlocks,
  secretLeaves,
  textLeaves,
  type Masker,
  type SecretNameRule,
} from '../../secrets.ts';

/** Where a plugin's secrets come from; all of it in clear. */
export interface SecretSources {
  /** Configuration text of the plugin. */
  configuration?: string;
  kwargs?: JsonObject;
  result?: Json;
  /** Answers to questions with echo off. */
  answers?: { key: string; value: string }[];
  cookies?: JsonObject[];
  /** `secrets:` of plugin-host.yaml: arguments, keys of key_value_pairs, cookies and results, options (`option`, `section.option`). */
  names?: readonly string[];
}

const cookieNames = new Set(['cookie', 'session_cookie', 'sessionCookie', 'cookies']);

/** Arguments and result keys of the hooks: part of the contract, whatever the secrets are. Source: plugin guides 6.0.1 to 7.5.1. */
const contractNames = new Set(
  (
    'session_id cookie session_cookie protocol connection_name client_ip client_port client_hostname asset account ' +
    'gateway_user gateway_username gateway_domain gateway_password gateway_groups key_value_pairs ' +
    'server_username server_domain server_ip server_port server_hostname ' +
    'target_username target_domain target_host target_server target_port ' +
    'verdict question reason additional_metadata passwords private_keys totp_codes unix_time period code ' +
    'need_info launch_information additional_information otp password vp rp token'
  ).split(' '),
);

/** Last word of an option that holds a secret; `key_file`, `token_url` and `password_field` end otherwise. */
const secretWords =
  /(?:^|[^a-z0-9])(?:pass|pw|pwd|pin|psk|keys?|secret_id|\w*?(?:passwords?|passwd|passphrase|passcode|secrets?|tokens?|apikeys?|(?:access|auth|private|secret|shared|sign(?:ing)?|encryption|master)keys?))$/;
/** Keys that are public or that look something up. */
const publicWords =
  /(?:^|[^a-z0-9])(?:public|pub|host|primary|foreign|sort|cache|search|lookup|group|map(?:ping)?|field|attribute|question|answer)[^a-z0-9]*keys?$/;
/** Where the value comes from, not the value. Source: SDK 1.9.1, plugin_configuration. */
const reference = /^\$(?:\$|\[.*\])?$/s;
const flag = /^(?:yes|no|true|false|on|off|none|null)$/i;

interface Option {
  section: string;
  name: string;
  value: string;
}

/** Options as Python's ConfigParser reads them, but faulty text too: what the plugin refuses to read may be shown all the same. */
function parseOptions(configuration: string): Option[] {
  const options: (Option & { indent: number })[] = [];
  let section = '';
  for (const line of configuration.split('\n')) {
    const text = line.trim();
    if (/^[#;]/.test(text)) continue;
    const indent = line.search(/\S/);
    const last = options.at(-1);
    if (last?.section === section && (text === '' || indent > last.indent)) {
      last.value += `\n${text}`;
      continue;
    }
    const header = /^\[(.+)\]/.exec(text)?.[1];
    const [, name, value] = /^(.*?)\s*[=:]\s*(.*)$/.exec(text) ?? [];
    if (header !== undefined) section = header;
    else if (name !== undefined && value !== undefined)
      options.push({ section, name: name.toLowerCase(), value, indent });
  }
  return options.map(({ section, name, value }) => ({ section, name, value: value.trim() }));
}

/** The value as ConfigParser hands it out: `%%` is a percent sign, `%(name)s` another option. */
function interpolate(option: Option, options: readonly Option[], depth = 0): string {
  return option.value.replace(/%%|%\(([^)]+)\)s/g, (whole, name: string | undefined) => {
    if (name === undefined) return '%';
    const named = options.filter((other) => other.name === name.toLowerCase());
    const meant =
      named.find(({ section }) => section === option.section) ?? named.find(({ section }) => section === 'DEFAULT');
    return meant === undefined || depth > 9 ? whole : interpolate(meant, options, depth + 1);
  });
}

function isSecretOption({ section, name, value }: Option, marked: ReadonlySet<string>): boolean {
  if (reference.test(value)) return false;
  if (marked.has(name) || marked.has(`${section}.${name}`.toLowerCase())) return true;
  if (section === 'DEFAULT' && [...marked].some((other) => other.endsWith(`.${name}`))) return true;
  const isQuestion = /^question_\d+$/.test(section); // its `key` is the name of the answer
  return !isQuestion && !flag.test(value) && secretWords.test(name) && !publicWords.test(name);
}

function configurationSecrets(configuration: string, marked: ReadonlySet<string>): string[] {
  const options = parseOptions(configuration);
  return options.flatMap((option) => {
    const values = [option.value, interpolate(option, options)];
    if (!isSecretOption(option, marked)) return values.flatMap(privateKeyBlocks);
    const items = option.name.endsWith('s')
      ? values.flatMap((value) => value.split(',').map((item) => item.trim()))
      : [];
    return [...values, ...items];
  });
}

function lowerCased(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The fields of hook arguments and results that hold secrets; in cookies only the marked names. Source: product contract §7. */
function secretNameRule(marked: ReadonlySet<string>): SecretNameRule {
  return (name, above, item) => {
    if (marked.has(name.toLowerCase())) return true;
    if (above.some((outer) => cookieNames.has(outer))) return false;
    if (name === 'gateway_password' || name === 'passwords') return true;
    if (above.at(-1) === 'key_value_pairs') return /(?:^|_)(?:otp|password|vp|rp|token)$/.test(name);
    if (above.at(-1) === 'private_keys') return typeof item === 'string';
    if (above.at(-2) === 'private_keys') return name !== '0' && name !== 'type'; // [type, key]
    return name === 'code' && above.at(-2) === 'totp_codes';
  };
}

/** What is secret for an SPS plugin by where it stands, each value once, short ones too. Source: product contract §7. */
export function collectPluginSecrets(sources: SecretSources): string[] {
  const { configuration = '', kwargs = {}, result = null, answers = [], cookies = [], names = [] } = sources;
  const marked = lowerCased(names);
  const isSecretName = secretNameRule(marked);
  const values: Json[] = [kwargs, result, ...cookies];
  const secrets = [
    ...configurationSecrets(configuration, marked),
    ...answers.map(({ value }) => value),
    ...[kwargs, result].flatMap((value) => secretLeaves(value, isSecretName)),
    ...cookies.flatMap((cookie) => secretLeaves(cookie, isSecretName, ['cookie'])),
    ...values.flatMap(textLeaves).flatMap(privateKeyBlocks),
  ];
  return [...new Set(secrets)].filter((secret) => secret !== '');
}

/**
 * Masks the values everywhere, and the secret fields of hook arguments and results whatever their length; the contract's own names stay.
 * @param names `secrets:` of plugin-host.yaml and, for short answers, the keys of questions with echo off
 */
export function createPluginMasker(values: Iterable<string>, names: readonly string[] = []): Masker {
  return createMasker(values, secretNameRule(lowerCased(names)), (name) => contractNames.has(name));
}
