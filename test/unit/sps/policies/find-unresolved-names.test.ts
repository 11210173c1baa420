import { expect, test } from 'vitest';
import { Configuration } from '../../../../src/sps/policies/configuration.ts';
import { findUnresolvedNames } from '../../../../src/sps/policies/find-unresolved-names.ts';

test('a name in a configuration text leads to what is committed or to a known service', () => {
  const list = { key: 'l', body: { name: 'vips' }, createdMs: 1, changed: 1 };
  const view = Configuration.of(1, [['policies/userlists', list]]);
  const text = '[user_list]\nname = vips\n[ldap_server]\nname = ad\n[tls]\nca_cert = $[corp]\n';
  expect(findUnresolvedNames(view, text, {})).toEqual([
    '[ldap_server] name names "ad", but there is no such LDAP server',
    '[tls] ca_cert names "$[corp]", but there is no such trusted CA list',
  ]);
  const known = { 'policies/ldap_servers': ['ad'], 'policies/trusted_ca_lists': ['corp'] };
  expect(findUnresolvedNames(view, text, known)).toEqual([]);
});
