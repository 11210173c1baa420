import {
  any,
  type BodyRule,
  boolean,
  listOf,
  type MemberRule,
  name,
  objectOf,
  type ObjectRule,
  optional,
  required,
  text,
} from './body-rule.ts';

const group = objectOf({ enabled: required(boolean) }, true);
const port = { kind: 'integer', minimum: 1, maximum: 65_535 } as const satisfies BodyRule;

function reference(to: string, isStub = true): MemberRule {
  return optional({ kind: 'reference', to, nullable: true, ...(isStub ? { isStub } : {}) });
}

/** Source: SPS REST API, connection policies. The members of `policies` are ours. */
export function connectionRule(protocol: string): ObjectRule {
  return objectOf({
    name,
    active: optional(boolean, true),
    network: required(
      objectOf({
        clients: optional(listOf(text), ['0.0.0.0/0']),
        ports: required(listOf(port, 1)),
        targets: optional(listOf(text), []),
      }),
    ),
    access_control: optional(listOf(objectOf({}, true))),
    channel_database_cleanup: optional(group),
    indexing: optional(
      objectOf({ enabled: required(boolean), policy: reference('policies/indexing'), priority: optional(any) }),
    ),
    log_audit_trail_downloads: optional(boolean),
    override_log_level: optional(group),
    client_side_transport_security: optional(objectOf({ selection: required(text) }, true)),
    policies: optional(
      objectOf({
        aa_plugin: reference('policies/aa_plugin_instances', false),
        credential_store: reference('policies/credentialstores', false),
        usermapping_policy: reference('policies/usermapping_policies', false),
        ldap_server: reference('policies/ldap_servers', false),
        channel_policy: reference(`${protocol}/channel_policies`),
        settings: reference(`${protocol}/settings_policies`),
        audit_policy: reference('policies/audit_policies'),
        archive_cleanup_policy: reference('policies/archive_cleanup_policies'),
        backup_policy: reference('policies/backup_policies'),
        analytics_policy: reference('policies/analytics_policies'),
        authentication_policy: reference(`${protocol}/authentication_policies`),
      }),
      {},
    ),
  });
}
