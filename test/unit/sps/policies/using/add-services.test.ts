import { expect, test } from 'vitest';
import { Configuration } from '../../../../../src/sps/policies/configuration.ts';
import { createEndpointTree } from '../../../../../src/sps/policies/links/create-endpoint-tree.ts';
import { addServices } from '../../../../../src/sps/policies/using/add-services.ts';
import { answersOf } from '../../../../../src/sps/policies/using/answers-of.ts';
import { servicesOf } from '../../../../../src/sps/policies/using/services-of.ts';

const object = (key: string, body: object): never => ({ key, body, createdMs: 1, changed: 1 }) as never;

const configuration = Configuration.of(1, [
  ['policies/userlists', object('l', { name: 'vips', allow: 'all_users', except: ['wsmith'] })],
  [
    'policies/ldap_servers',
    object('d', { name: 'ad', schema: { selection: 'ad' }, x_emulation: { groups: { dba: ['wsmith'] } } }),
  ],
  ['passwords', object('p', { plain: 'from the store' })],
  [
    'policies/credentialstores',
    object('s', { name: 'local', type: { selection: 'local', entries: [{ host: 'h', user: 'u', passwords: ['p'] }] } }),
  ],
]);
const policy = {
  services: servicesOf(configuration),
  answers: answersOf(configuration).answers,
  answersFile: undefined,
};

test('committed policies are the services of plugins, and win over those of plugin-host.yaml', () => {
  const own = {
    userLists: { vips: { allow: 'no_user' as const, except: [] }, others: { allow: 'no_user' as const, except: [] } },
  };
  const { host, problems } = addServices({ services: own, serviceSecrets: [] }, policy);
  expect(host.services).toMatchObject({
    userLists: { vips: { allow: 'all_users', except: ['wsmith'] }, others: { allow: 'no_user' } },
    ldapServers: { ad: { groups: { dba: ['wsmith'] } } },
    credentialStores: { local: { u: { h: { passwords: ['from the store'] } } } },
  });
  expect(host.serviceSecrets).toContain('from the store');
  expect(problems).toMatchObject([
    { level: 'warning', code: 'SERVICE_SHADOWED', message: expect.stringContaining('userLists.vips') },
  ]);
});

test('what is committed answers box queries, unless the services have an answer', () => {
  const rest = { 'api/configuration/passwords/p': { own: true } };
  const { host } = addServices({ services: { rest }, serviceSecrets: [] }, policy);
  const path = 'api/configuration/policies/userlists';
  expect(host.services.rest).toMatchObject({
    [path]: { items: [{ key: 'l', body: { name: 'vips' } }] },
    [`${path}/l`]: { key: 'l', body: { name: 'vips' }, meta: { href: `/${path}/l` } },
    'api/configuration/passwords/p': { own: true },
  });
  const { href, parent, first, next } = { href: `/${path}/l`, parent: `/${path}`, first: `/${path}/l`, next: null };
  expect(host.services.rest).toMatchObject({
    [`${path}/l`]: {
      meta: { href, parent, first, last: first, next, previous: null, transaction: '/api/transaction' },
    },
    'api/configuration/rdp/connections': { items: [], meta: { href: '/api/configuration/rdp/connections' } },
  });
  expect(JSON.stringify(policy.answers)).not.toContain('from the store');
});

test('every endpoint answers box queries, with the links that the API has', () => {
  const all = createEndpointTree('current');
  const names = Array.from(all.keys(), (id) => (id === '' ? 'api/configuration' : `api/configuration/${id}`));
  const lists = names.filter((name) => !/passwords|private_keys/.test(name));
  expect(Object.keys(policy.answers)).toEqual(expect.arrayContaining(lists));
  expect(policy.answers).toMatchObject({
    'api/configuration/policies/userlists': {
      meta: {
        parent: '/api/configuration/policies',
        first: '/api/configuration/policies/audit_policies',
        previous: '/api/configuration/policies/user_databases',
        next: '/api/configuration/policies/usermapping_policies',
        last: '/api/configuration/policies/usermapping_policies',
      },
    },
    'api/configuration/management/email': { key: 'email', body: { smtp_server: null } },
  });
  expect(policy.answers).not.toHaveProperty(['api/configuration/passwords']); // cannot be listed
});

test('large collections answer box queries too; what is too long to travel with each call waits in a file', () => {
  const path = 'api/configuration/policies/userlists';
  const lists = Array.from({ length: 2000 }, (_, index): [string, never] => [
    'policies/userlists',
    object(`k${index}`, { name: `list ${index}`, allow: 'no_user', except: [] }),
  ]);
  const many = Configuration.of(1, [...lists, ['policies/ldap_servers', object('d', { name: 'ad' })]]);
  const { answers, large } = answersOf(many);
  expect(answers).toHaveProperty(['api/configuration/policies/ldap_servers/d']);
  expect(answers).not.toHaveProperty([path]);
  expect(JSON.parse(large ?? '')).toMatchObject({
    [path]: { items: expect.objectContaining({ length: 2000 }) },
    [`${path}/k1000`]: { meta: { previous: `/${path}/k999`, next: `/${path}/k1001` } },
  });
  expect(answersOf(configuration).large).toBeUndefined();
});
