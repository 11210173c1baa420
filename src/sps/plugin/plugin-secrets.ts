import type { Json, JsonObject } from '../../base/json.ts';
import { createHidingMasker } from '../../secrets/create-hiding-masker.ts';
import { createMasker } from '../../secrets/create-masker.ts';
import type { Masker } from '../../secrets/masker.ts';
import { privateKeyBlocks } from '../../secrets/private-key-blocks.ts';
import { secretLeaves, textLeaves, type SecretNameRule } from '../../secrets/secret-leaves.ts';
import { credentialKinds, type SecretPart } from './credential-kind.ts';
import { contractNamesOf, secretArguments } from './find-hook.ts';
import { maskWord } from './mask-word.ts';
import { Interpolation, type Option, readOptions } from './read-options.ts';

/** Where a plugin's secrets come from, unmasked. */
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

/** What a user may give with the login name. Source: product contract §7. */
const loginFields = ['otp', 'password', 'vp', 'rp', 'token'];
const isLoginField = (name: string): boolean =>
  loginFields.some((field) => name === field || name.endsWith(`_${field}`));

/** Names that stay, whatever the secrets are: those of the hooks' arguments and results, and of their fields. */
const contractNames = new Set([
  ...contractNamesOf(),
  ...credentialKinds.flatMap(({ fields }) => fields),
  ...loginFields,
]);

/** Names under which everything is secret. */
const wholeSecrets = new Set<string>([
  ...secretArguments,
  ...credentialKinds.flatMap(({ key, secret }) => (secret === 'all' ? [key] : [])),
]);
/** Names of lists whose items have a secret part. */
const secretParts = new Map<string, SecretPart>(
  credentialKinds.flatMap(({ key, secret }) => (secret === 'all' ? [] : [[key, secret]])),
);

/** Last word of an option that holds a secret; `key_file`, `token_url` and `password_field` end otherwise. */
const secretWords =
  /(?:^|[^a-z0-9])(?:pass|pw|pwd|pin|psk|keys?|secret_id)$|(?:passwords?|passwd|passphrase|passcode|secrets?|tokens?|apikeys?|(?:access|auth|private|secret|shared|sign(?:ing)?|encryption|master)keys?)$/;
/** Keys that are public or that look something up. */
const publicWords =
  /(?:^|[^a-z0-9])(?:public|pub|host|primary|foreign|sort|cache|search|lookup|group|map(?:ping)?|field|attribute|question|answer)[^a-z0-9]*keys?$/;
/** Where the value comes from, not the value. Source: SDK 1.9.1, plugin_configuration. */
const reference = /^\$(?:\$|\[.*\])?$/s;
const flag = /^(?:yes|no|true|false|on|off|none|null)$/i;

function isSecretOption({ section, name, value }: Option, marked: ReadonlySet<string>): boolean {
  if (reference.test(value)) return false;
  if (marked.has(name) || marked.has(`${section}.${name}`.toLowerCase())) return true;
  if (section === 'DEFAULT' && [...marked].some((other) => other.endsWith(`.${name}`))) return true;
  const isQuestion = /^question_\d+$/.test(section); // its `key` is the name of the answer
  return !isQuestion && !flag.test(value) && secretWords.test(name) && !publicWords.test(name);
}

function configurationSecrets(configuration: string, marked: ReadonlySet<string>): string[] {
  const options = readOptions(configuration);
  const interpolation = new Interpolation(options);
  const telling = options.map((option) => ({ option, isSecret: isSecretOption(option, marked) }));
  // The secret ones first, because interpolation has a total limit.
  telling.sort((one, other) => Number(other.isSecret) - Number(one.isSecret));
  return telling.flatMap(({ option, isSecret }) => {
    const values = [option.value, interpolation.valueOf(option)];
    if (!isSecret) return values.flatMap(privateKeyBlocks);
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
    if (wholeSecrets.has(name)) return true;
    const [holder = '', list = ''] = [above.at(-1), above.at(-2)];
    if (holder === 'key_value_pairs') return isLoginField(name);
    const part = secretParts.get(holder);
    if (part !== undefined) return part.isText && typeof item === 'string';
    return secretParts.get(list)?.isField(name) ?? false;
  };
}

/** What must not be shown. */
export interface PluginSecrets {
  values: string[];
  /** Names whose values are masked whatever their length. */
  names: string[];
}

/** As a name: every field is secret, and every text too. Which of them are not is unknown. */
const everyName = '*';

export function isAllSecret(names: readonly string[]): boolean {
  return names.includes(everyName);
}

/**
 * The values that are secret for an SPS plugin because of their place, each once, short ones too. Source: product contract §7.
 * If they cannot be determined, the call is kept, and all of it is secret.
 */
export function collectPluginSecrets(sources: SecretSources): PluginSecrets {
  const names = [...(sources.names ?? [])];
  try {
    return { values: valuesOf(sources), names };
  } catch {
    return { values: [], names: [...names, everyName] };
  }
}

function valuesOf(sources: SecretSources): string[] {
  const { configuration = '', kwargs = {}, result = null, answers = [], cookies = [], names = [] } = sources;
  const marked = lowerCased(names);
  const isSecretName = secretNameRule(marked);
  const secrets = new Set<string>(configurationSecrets(configuration, marked));
  const addAll = (values: readonly string[]): void => {
    for (const value of values) secrets.add(value);
  };
  addAll(answers.map(({ value }) => value));
  for (const value of [kwargs, result]) addAll(secretLeaves(value, isSecretName));
  for (const cookie of cookies) addAll(secretLeaves(cookie, isSecretName, ['cookie']));
  for (const value of [kwargs, result, ...cookies]) {
    for (const text of textLeaves(value)) addAll(privateKeyBlocks(text));
  }
  secrets.delete('');
  return [...secrets];
}

/**
 * Masks the values everywhere, and the secret fields of hook arguments and results whatever their length; the contract's own names stay.
 * @param names `secrets:` of plugin-host.yaml and, for short answers, the keys of questions with echo off
 */
export function createPluginMasker(values: Iterable<string>, names: readonly string[] = []): Masker {
  if (isAllSecret(names)) return createHidingMasker(maskWord);
  return createMasker(values, {
    maskWord,
    isSecretName: secretNameRule(lowerCased(names)),
    isFixedName: (name) => contractNames.has(name),
  });
}
