import { isIP } from 'node:net';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { connectionsOf, credentialStoresId, instancesId, protocols } from './bodies/collection-rules.ts';
import { hrefOf } from './change-entry.ts';
import type { KnownNames, PolicyWarning } from './change-options.ts';
import type { View } from './configuration.ts';
import type { Draft } from './draft.ts';
import { findUnresolvedNames } from './find-unresolved-names.ts';
import type { StoredObject } from './stored-object.ts';

export interface CommitWarning {
  code: PolicyWarning;
  message: string;
  /** Of the object. */
  path: string;
}

/** Where the names of a configuration text lead. */
interface Names {
  view: View;
  known: KnownNames;
}

type Warn = (code: PolicyWarning, message: string) => void;

/** Protocols in which SPS calls AA plugins. Source: administration guide 7.1.1. */
const aaProtocols: readonly string[] = ['mssql', 'rdp', 'ssh', 'telnet'];

/** What is doubtful about the objects that a transaction changes. SPS commits them all the same. */
export function findCommitWarnings(draft: Draft, known: KnownNames = {}): CommitWarning[] {
  return [...draft.touched].flatMap(([id, keys]) =>
    [...keys].flatMap((key) => {
      const object = draft.collection(id).get(key);
      if (object === undefined) return [];
      const found: CommitWarning[] = [];
      checkObject({ view: draft, known }, id, object, (code, message) =>
        found.push({ code, message, path: hrefOf(id, key) }),
      );
      return found;
    }),
  );
}

function checkObject(names: Names, id: string, { body }: StoredObject, warn: Warn): void {
  const protocol = protocols.find((each) => id === connectionsOf(each));
  if (protocol !== undefined) checkConnection(protocol, body, warn);
  else if (id === instancesId) checkPlugin(names, 'plugins/aa', body, warn);
  else if (id === credentialStoresId && isJsonObject(body['type'])) {
    checkPlugin(names, 'plugins/credentialstore', body['type'], warn);
  }
}

function checkConnection(protocol: string, body: JsonObject, warn: Warn): void {
  const policies = memberOf(body, 'policies');
  const isSet = (name: string): boolean => typeof policies[name] === 'string';
  if (isSet('aa_plugin') && !aaProtocols.includes(protocol)) {
    warn('AA_UNSUPPORTED', `SPS calls no AA plugins in ${protocol}`);
  }
  if (isSet('aa_plugin') && memberOf(body, 'web_gateway_authentication')['enabled'] === true) {
    warn('WEB_GATEWAY_AUTHENTICATION', 'an AA plugin cannot be combined with web gateway authentication');
  }
  const isAuthenticated = isSet('aa_plugin') || isSet('authentication_policy');
  for (const name of ['credential_store', 'usermapping_policy']) {
    if (isSet(name) && !isAuthenticated) {
      const message = `${name} needs users that are authenticated at the gateway: an aa_plugin or an authentication_policy`;
      warn('GATEWAY_AUTHENTICATION_MISSING', message);
    }
  }
  const network = memberOf(body, 'network');
  for (const name of ['clients', 'targets']) {
    for (const [index, address] of listOf(network[name]).entries()) {
      if (!isAddress(address)) warn('NOT_AN_ADDRESS', `network.${name}[${index}] is neither an address nor a network`);
    }
  }
}

function checkPlugin({ view, known }: Names, plugins: string, settings: JsonObject, warn: Warn): void {
  const { plugin, configuration } = settings;
  if (typeof configuration !== 'string' || typeof plugin !== 'string') return;
  const found = view.collection(plugins).get(plugin)?.package;
  if (found?.defaultConfiguration === null && configuration.trim() !== '') {
    const what = 'the package has no default.cfg; SPS ends the sessions of a plugin that takes no configuration';
    warn('CONFIGURATION_IGNORED', what);
  }
  for (const name of findUnresolvedNames(view, configuration, known)) warn('NAME_UNRESOLVED', name);
}

function memberOf(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** `10.0.0.5`, `10.0.0.0/8`, `fd00::/8` */
function isAddress(value: Json): boolean {
  if (typeof value !== 'string') return false;
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = isIP(address);
  return version !== 0 && (length === undefined || Number(length) <= (version === 4 ? 32 : 128));
}
