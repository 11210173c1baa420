import {
  any,
  type BodyRule,
  boolean,
  listOf,
  name,
  objectOf,
  type ObjectRule,
  oneOf,
  optional,
  required,
  text,
} from './body-rule.ts';
import { connectionRule } from './connection-rule.ts';

/** What may be done with the objects of a collection; a GET always may. */
export interface CollectionRule {
  /** Below `/api/configuration/`. */
  id: string;
  body: ObjectRule;
  /** `objects`: POST, PUT, DELETE. `once`: POST only, and no list. `single`: PUT only; its keys are fixed. `plugins`: come by an upload. */
  kind: 'objects' | 'once' | 'single' | 'plugins';
}

export const pluginTypes = ['aa', 'configuration_sync', 'credentialstore', 'signingca'] as const;
export const protocols = ['http', 'ica', 'mssql', 'rdp', 'ssh', 'telnet', 'vnc'] as const;
export type Protocol = (typeof protocols)[number];

/** Not documented; ours. */
export const instancesId = 'policies/aa_plugin_instances';
export const credentialStoresId = 'policies/credentialstores';
const usermappingId = 'policies/usermapping_policies';
export const managementId = 'management';

const group = objectOf({ enabled: required(boolean) }, true);
const texts = listOf(text);
const nullableText = { kind: 'text', nullable: true } as const satisfies BodyRule;

const entry = objectOf({
  host: required(text),
  user: required(text),
  passwords: optional(listOf({ kind: 'secret', to: 'passwords' })),
  private_keys: optional(listOf({ kind: 'secret', to: 'private_keys' })),
  certificates: optional(
    listOf(objectOf({ certificate: required(text), private_key: required({ kind: 'secret', to: 'private_keys' }) })),
  ),
});

const pluginBody = objectOf({
  name,
  description: optional(text),
  version: required(text),
  api: required(text),
  path: optional(text),
  scb_min_version: optional(text),
  scb_max_version: optional(text),
});

const bodies: Record<string, ObjectRule> = {
  [usermappingId]: objectOf({
    name,
    allow_other_remote_users_without_mapping: optional(boolean, false),
    mappings: optional(listOf(objectOf({ remote_user: required(text), allowed_groups: optional(texts, []) })), []),
  }),
  [instancesId]: objectOf({
    name,
    plugin: required({ kind: 'reference', to: 'plugins/aa' }),
    configuration: optional(text),
  }),
  [credentialStoresId]: objectOf({
    name,
    type: required({
      kind: 'variant',
      variants: {
        external_plugin: {
          plugin: required({ kind: 'reference', to: 'plugins/credentialstore' }),
          configuration: optional(text),
        },
        local: { entries: optional(listOf(entry)) },
      },
    }),
  }),
  'policies/userlists': objectOf({
    name,
    allow: optional(oneOf('no_user', 'all_users'), 'no_user'),
    except: optional(texts, []),
  }),
  'policies/ldap_servers': objectOf(
    {
      name,
      schema: required(objectOf({ selection: required(oneOf('posix', 'ad')) }, true)),
      x_emulation: optional(
        objectOf({ users: optional(objectOf({}, true)), groups: optional(objectOf({}, true)) }, true),
      ),
    },
    true,
  ),
  'policies/trusted_ca_lists': objectOf({
    name,
    authorities: optional(listOf(objectOf({ certificate: required(text), crl: optional(nullableText, null) })), []),
    dn_check: optional(group, { enabled: false }),
    strict_hostname_check: optional(boolean, false),
  }),
};

/** A password by its text or its hash. */
const secretBody = objectOf({ plain: optional({ kind: 'text', minLength: 1 }) }, true);

const singles: Record<string, ObjectRule> = {
  accounting: objectOf({ require_commitlog: required(boolean) }),
  email: objectOf({
    smtp_server: optional(any, null),
    sender_address: optional(nullableText, null),
    monitoring_address: optional(nullableText, null),
    reporting_address: optional(nullableText, null),
  }),
};

const table = new Map<string, CollectionRule>([
  ...Object.entries(bodies).map(([id, body]) => entryOf(id, body, 'objects')),
  ...protocols.map((protocol) => entryOf(connectionsOf(protocol), connectionRule(protocol), 'objects')),
  ...pluginTypes.map((type) => entryOf(`plugins/${type}`, pluginBody, 'plugins')),
  entryOf('passwords', secretBody, 'once'),
  entryOf('private_keys', secretBody, 'once'),
]);

function entryOf(id: string, body: ObjectRule, kind: CollectionRule['kind']): [string, CollectionRule] {
  return [id, { id, body, kind }];
}

export function connectionsOf(protocol: Protocol): string {
  return `${protocol}/connections`;
}

/** Of collections that have one body for all objects; undefined of stubs. */
export function findCollectionRule(id: string): CollectionRule | undefined {
  return table.get(id);
}

/** All of them. */
export function collectionRules(): readonly CollectionRule[] {
  return [...table.values()];
}

/** The rule of one object; undefined when it has none, as what is built into a stub. */
export function bodyRuleOf(id: string, key: string): ObjectRule | undefined {
  return id === managementId ? singles[key] : table.get(id)?.body;
}

export function isSecretCollection(id: string): boolean {
  return id === 'passwords' || id === 'private_keys';
}
