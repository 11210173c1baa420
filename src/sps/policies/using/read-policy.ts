import { isIP } from 'node:net';
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { unpackBytes } from '../../package/unpack-bytes.ts';
import { type PluginType, pluginTypes } from '../../plugin/find-hook.ts';
import type { Services } from '../../surroundings/services.ts';
import { credentialStoresId, instancesId } from '../bodies/collection-rules.ts';
import type { Configuration } from '../configuration.ts';
import { toUsermapping, type Usermapping } from '../decide-usermapping.ts';
import { pathOfPlugin } from '../show-body.ts';
import { readPolicies } from '../storage/read-policies.ts';
import type { StoredObject } from '../stored-object.ts';
import { answersOf, type BoxAnswers } from './answers-of.ts';
import { chooseConnection, type ChosenConnection } from './choose-connection.ts';
import { keepAnswers } from './keep-answers.ts';
import { localCredentials, servicesOf } from './services-of.ts';

/** A plugin of a connection policy. */
interface PolicyPlugin {
  type: PluginType;
  /** Keys of the plugin and of its instance or credential store. */
  plugin: string;
  instance: string;
  configuration: string;
  /** Where its package is unpacked. */
  root: string;
  /** As the API reports it. */
  path: string;
}

/** What a committed connection policy says about a session. */
export interface ConnectionPolicy {
  name: string;
  protocol: 'ssh' | 'rdp' | 'telnet' | 'mssql';
  key: string;
  /** The simulated connection that its arguments lie over. */
  base: string;
  arguments: JsonObject;
  /** Where its sessions may go. */
  network: { ports: readonly number[]; targets: readonly string[] };
  plugins: Partial<Record<PluginType, PolicyPlugin>>;
  usermapping: Usermapping | null;
  /** Of a local credential store: what SPS itself tries. */
  localCredentials: NonNullable<Services['credentialStores']>[string] | undefined;
  services: Services;
  /** Of box queries, and the file that has the large ones. */
  answers: Readonly<Record<string, Json>>;
  answersFile: string | undefined;
}

const bases: Record<string, string> = { ssh: 'ssh-gateway', rdp: 'rdp-gateway', telnet: 'telnet', mssql: 'mssql' };

/** A plugin with its package, before that is unpacked. */
type FoundPlugin = Omit<PolicyPlugin, 'root'> & { bytes: Uint8Array };
type FoundPolicy = Omit<ConnectionPolicy, 'plugins' | 'answersFile'> & { plugins: FoundPlugin[] } & BoxAnswers;

/**
 * Reads a connection policy of a state folder and unpacks its plugins, once for each content. No server needs to run.
 * @throws PluginHostError POLICY_UNKNOWN, POLICY_AMBIGUOUS, POLICY_INACTIVE, POLICY_WITHOUT_PLUGINS, STORE_UNREADABLE, FORMAT_TOO_NEW, …
 */
export async function readPolicy(
  stateDir: string,
  name: string,
  { force }: { force: boolean },
): Promise<ConnectionPolicy> {
  const found = readPolicies(stateDir, (configuration, packageOf) => {
    const chosen = chooseConnection(configuration, name);
    requireUsable(chosen, force);
    return describe(configuration, chosen, packageOf);
  });
  if (found === undefined) {
    chooseConnection(undefined, name);
    throw new Error('unreachable');
  }
  const plugins: ConnectionPolicy['plugins'] = {};
  for (const { bytes, ...plugin } of found.plugins) {
    plugins[plugin.type] = { ...plugin, root: await unpackBytes(Buffer.from(bytes), stateDir) };
  }
  const { large, ...others } = found;
  return { ...others, plugins, answersFile: large === undefined ? undefined : keepAnswers(stateDir, large) };
}

/** @throws PluginHostError POLICY_WITHOUT_PLUGINS, POLICY_INACTIVE */
function requireUsable({ name, protocol, object }: ChosenConnection, force: boolean): void {
  if (bases[protocol] === undefined) {
    throw new PluginHostError('POLICY_WITHOUT_PLUGINS', `${name}: SPS calls no plugins in ${protocol}`, {
      hint: `Use a connection policy of ${Object.keys(bases).join(', ')}.`,
    });
  }
  if (object.body['active'] !== false || force) return;
  throw new PluginHostError('POLICY_INACTIVE', `${name}: the connection policy is suspended`, {
    hint: 'Set `active` and commit, or use it all the same with --force.',
  });
}

function describe(
  configuration: Configuration,
  { name, protocol, object }: ChosenConnection,
  packageOf: (digest: string) => Uint8Array | undefined,
): FoundPolicy {
  const { policies } = object.body;
  const refer = (member: string, id: string): StoredObject | undefined => {
    const key = isJsonObject(policies) ? policies[member] : undefined;
    return typeof key === 'string' ? configuration.collection(id).get(key) : undefined;
  };
  const instance = refer('aa_plugin', instancesId);
  const store = refer('credential_store', credentialStoresId);
  const type = isJsonObject(store?.body['type']) ? store.body['type'] : {};
  const usermapping = refer('usermapping_policy', 'policies/usermapping_policies');
  const toPlugin = (kind: PluginType, owner: StoredObject | undefined, settings: JsonObject): FoundPlugin[] => {
    const { plugin: key, configuration: text } = settings;
    const plugin = typeof key === 'string' ? configuration.collection(`plugins/${kind}`).get(key) : undefined;
    const bytes = plugin?.package === undefined ? undefined : packageOf(plugin.package.digest);
    if (owner === undefined || plugin === undefined || bytes === undefined) return [];
    const path = pathOfPlugin(kind, plugin);
    const facts = { type: kind, plugin: plugin.key, instance: owner.key, path, bytes };
    return [{ ...facts, configuration: typeof text === 'string' ? text : '' }];
  };
  return {
    name,
    protocol: protocol as ConnectionPolicy['protocol'],
    key: object.key,
    base: bases[protocol] ?? '',
    arguments: argumentsOf(name, object.body),
    network: networkOf(object.body),
    plugins: [
      ...toPlugin('aa', instance, instance?.body ?? {}),
      ...toPlugin('credentialstore', store, type['selection'] === 'external_plugin' ? type : {}),
    ],
    usermapping: usermapping === undefined ? null : toUsermapping(usermapping.body),
    localCredentials:
      store !== undefined && type['selection'] === 'local' ? localCredentials(configuration, store.body) : undefined,
    services: servicesOf(configuration),
    ...answersOf(configuration),
  };
}

function argumentsOf(name: string, { network }: JsonObject): JsonObject {
  const { ports, targets } = isJsonObject(network) ? network : {};
  const [port] = Array.isArray(ports) ? ports : [];
  const [target] = Array.isArray(targets) ? targets : [];
  const address = singleAddress(target);
  return {
    connection_name: name,
    ...(port === undefined ? {} : { server_port: port }),
    ...(address === undefined ? {} : { server_ip: address }),
  };
}

function networkOf({ network }: JsonObject): ConnectionPolicy['network'] {
  const { ports, targets } = isJsonObject(network) ? network : {};
  return {
    ports: Array.isArray(ports) ? ports.map(Number) : [],
    targets: Array.isArray(targets) ? targets.filter((each) => typeof each === 'string') : [],
  };
}

/** `10.0.0.5`, `10.0.0.5/32`, `::1/128` */
function singleAddress(target: Json | undefined): string | undefined {
  if (typeof target !== 'string') return undefined;
  const [, address = '', length] = /^([^/]+)(?:\/(\d+))?$/.exec(target) ?? [];
  const version = isIP(address);
  const isOne = length === undefined || (version === 4 && length === '32') || (version === 6 && length === '128');
  return version !== 0 && isOne ? address : undefined;
}

/** The types of the plugins that a policy has. */
export function typesOf({ plugins }: Pick<ConnectionPolicy, 'plugins'>): PluginType[] {
  return pluginTypes.filter((type) => plugins[type] !== undefined);
}
