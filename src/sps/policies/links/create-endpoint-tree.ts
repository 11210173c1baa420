import { findCollectionRule, managementId, pluginTypes, protocols } from '../bodies/collection-rules.ts';
import type { Compat } from './compat.ts';

/** What answers at a fixed path below `/api/configuration`. */
export interface Endpoint {
  /** Without `/api/configuration/`; empty: that itself. */
  id: string;
  /** `collection` has rules for its objects, `stub` has at most built-in ones, `list` has other endpoints, `secrets` cannot be listed, `single` is an object itself. */
  kind: 'list' | 'collection' | 'stub' | 'secrets' | 'single';
  /** Names of its children, in their order; of a list. */
  items: readonly string[];
  /** Names that the links between its children lead along. Some are only links. */
  chain: readonly string[];
}

const stubsAtTop = ['aaa', 'alerting', 'datetime', 'local_services', 'network', 'reporting', 'troubleshooting', 'x509'];
const stubPolicies = [
  'audit_policies',
  'backup_policies',
  'content_policies',
  'indexing',
  'signing_cas',
  'time_policies',
  'user_databases',
];
const policyCollections = ['credentialstores', 'ldap_servers', 'trusted_ca_lists', 'userlists', 'usermapping_policies'];
/** Would come first by their names, but the documented samples have `audit_policies` first. */
const besideTheChain = ['aa_plugin_instances', 'archive_cleanup_policies'];
const ofEachProtocol = ['channel_policies', 'connections', 'options', 'settings_policies'];
const ofProtocol: Record<string, readonly string[]> = {
  rdp: ['domain_membership'],
  ssh: ['authentication_policies'],
  telnet: ['authentication_policies', 'pattern_sets'],
};

/** The fixed part of the configuration, by id. Source: SPS REST API, listing endpoints; the samples of several versions. */
export function createEndpointTree(compat: Compat): ReadonlyMap<string, Endpoint> {
  const isCurrent = compat === 'current';
  const endpoints = new Map<string, Endpoint>();
  const add = (id: string, items: readonly string[] = [], { beside = [], links = [] }: ChainOptions = {}): void => {
    const inChain = sorted(items);
    endpoints.set(id, { id, kind: kindOf(id, items), items: [...inChain, ...beside], chain: [...inChain, ...links] });
    for (const name of [...inChain, ...beside]) {
      const child = id === '' ? name : `${id}/${name}`;
      if (!endpoints.has(child)) endpoints.set(child, { id: child, kind: kindOf(child, []), items: [], chain: [] });
    }
  };
  const known = protocols.filter((protocol) => isCurrent || protocol !== 'mssql');
  add('', [...stubsAtTop, ...known, 'management', 'passwords', 'plugins', 'policies', 'private_keys']);
  add('plugins', isCurrent ? pluginTypes : ['aa', 'credentialstore'], { links: ['ticketing'] });
  const ticketing = isCurrent ? [] : ['ticketing_policies'];
  add('policies', [...stubPolicies, ...policyCollections, ...ticketing], { beside: besideTheChain });
  for (const protocol of known) add(protocol, [...ofEachProtocol, ...(ofProtocol[protocol] ?? [])]);
  add('management', ['accounting', 'email']);
  return endpoints;
}

interface ChainOptions {
  beside?: readonly string[];
  /** Exist in links only. */
  links?: readonly string[];
}

function kindOf(id: string, items: readonly string[]): Endpoint['kind'] {
  if (items.length > 0) return 'list';
  if (id.startsWith(`${managementId}/`)) return 'single';
  const rule = findCollectionRule(id);
  if (rule === undefined) return 'stub';
  return rule.kind === 'once' ? 'secrets' : 'collection';
}

/** In ASCII order: `_` comes before letters. */
function sorted(names: readonly string[]): string[] {
  return [...names].sort((one, other) => (one < other ? -1 : 1));
}
