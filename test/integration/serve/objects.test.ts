import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packSample } from './pack-sample.ts';
import type { RestClient } from './rest-client.ts';
import { Served } from './served.ts';

const policies = '/api/configuration/policies';
let served: Served;
let client: RestClient;

beforeAll(async () => {
  served = await Served.start();
  client = await served.loggedIn();
  await client.send('POST', '/api/transaction');
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

async function linksOf(path: string): Promise<unknown> {
  return (await client.send('GET', path)).body['meta'];
}

describe('the links', () => {
  test('of endpoints lead along their siblings as in the reference', async () => {
    const root = '/api/configuration';
    expect(await linksOf(root)).toMatchObject({ parent: null, first: root, last: root, next: null, previous: null });
    expect(await linksOf(`${root}/plugins`)).toMatchObject({
      first: `${root}/aaa`,
      last: `${root}/x509`,
      previous: `${root}/passwords`,
      next: `${root}/policies`,
      transaction: '/api/transaction',
    });
    expect(await linksOf(`${root}/plugins/aa`)).toMatchObject({
      first: `${root}/plugins/aa`,
      previous: null,
      next: `${root}/plugins/credentialstore`,
      last: `${root}/plugins/ticketing`,
    });
    expect(await linksOf(`${policies}/usermapping_policies`)).toMatchObject({
      first: `${policies}/audit_policies`,
      previous: `${policies}/userlists`,
      next: null,
      last: `${policies}/usermapping_policies`,
    });
    expect(await linksOf(`${policies}/ldap_servers`)).toMatchObject({
      previous: `${policies}/indexing`,
      next: `${policies}/signing_cas`,
    });
    expect(await linksOf(`${root}/ssh/connections/`)).toMatchObject({
      first: `${root}/ssh/authentication_policies`,
      previous: `${root}/ssh/channel_policies`,
      next: `${root}/ssh/options`,
      last: `${root}/ssh/settings_policies`,
      order: `${root}/ssh/connections/@order`,
    });
    expect((await client.send('GET', '/api//')).body['meta']).toMatchObject({ href: '/api', parent: null });
    expect(await client.send('GET', `${root}/plugins/ticketing`)).toMatchObject({ status: 404 });
  });

  test('of objects lead along the order of their creation, which connections can change', async () => {
    const path = '/api/configuration/telnet/connections';
    const keys: string[] = [];
    for (const name of ['one', 'two', 'three'])
      keys.push(await client.create(path, { name, network: { ports: [23] } }));
    const [one = '', two = '', three = ''] = keys;
    expect(await linksOf(`${path}/${two}`)).toMatchObject({
      first: `${path}/${one}`,
      previous: `${path}/${one}`,
      next: `${path}/${three}`,
      last: `${path}/${three}`,
    });
    expect((await client.send('GET', `${path}/@order`)).body).toMatchObject({ order: keys });
    expect(await client.send('PUT', `${path}/@order`, { order: [two] })).toMatchObject({ status: 400 });
    expect(await client.send('PUT', `${path}/@order`, { order: [three, one, two] })).toMatchObject({ status: 200 });
    expect(await linksOf(`${path}/${one}`)).toMatchObject({ previous: `${path}/${three}`, next: `${path}/${two}` });
    expect((await client.send('GET', '/api/transaction/changes')).body['changes']).toContainEqual({
      type: 'reorder',
      path: `${path}/@order`,
      old_order: keys,
      new_order: [three, one, two],
    });
  });
});

describe('an object', () => {
  test('cannot refer to what is not there, nor be deleted while it is used', async () => {
    const plugin = await client.create(
      '/api/upload/plugins',
      await packSample('otp', { 'default.cfg': '[otp]\ncode = 1\n' }),
    );
    const missing = await client.send('POST', `${policies}/aa_plugin_instances`, { name: 'x', plugin: 'nothing' });
    const refused = { type: 'SemanticError', details: { resource: `${policies}/aa_plugin_instances` } };
    expect(missing).toMatchObject({ status: 400, body: { error: refused } });
    const instance = await client.create(`${policies}/aa_plugin_instances`, { name: 'x', plugin });
    const { body: shown } = await client.send('GET', `${policies}/aa_plugin_instances/${instance}`);
    expect(shown['body']).toMatchObject({ plugin: { key: plugin }, configuration: '[otp]\ncode = 1\n' });
    const again = await client.send('PUT', `${policies}/aa_plugin_instances/${instance}`, shown);
    expect(again).toMatchObject({ status: 200, body: { key: instance } });
    const connection = { name: 'used', network: { ports: [22] }, policies: { aa_plugin: instance } };
    const key = await client.create('/api/configuration/ssh/connections', connection);
    expect(await client.send('DELETE', `${policies}/aa_plugin_instances/${instance}`)).toMatchObject({
      status: 400,
      body: { error: { type: 'SemanticError', details: { resource: `/api/configuration/ssh/connections/${key}` } } },
    });
    await client.send('DELETE', `/api/configuration/ssh/connections/${key}`);
    expect(await client.send('DELETE', `${policies}/aa_plugin_instances/${instance}`)).toMatchObject({
      status: 200,
      body: { meta: { href: `${policies}/aa_plugin_instances/${instance}`, first: expect.any(String) } },
    });
  });

  test('has all faults of its body told at once, and a name of its own', async () => {
    const reply = await client.send('POST', `${policies}/usermapping`, {
      allow_other_remote_users_without_mapping: 'yes',
      mappings: [{ remote_user: 1 }],
    });
    expect(reply.body).toMatchObject({
      error: {
        details: {
          problems: [
            { path: 'allow_other_remote_users_without_mapping' },
            { path: 'mappings[0].remote_user' },
            { path: 'name', message: 'is missing' },
          ],
        },
      },
    });
    await client.create(`${policies}/usermapping`, { name: 'once' });
    expect(await client.send('POST', `${policies}/usermapping`, { name: 'once' })).toMatchObject({ status: 400 });
  });

  test('keeps members that nobody knows, with a warning in the log', async () => {
    const key = await client.create(`${policies}/userlists`, { name: 'more', x_real: { a: 1 } });
    expect((await client.send('GET', `${policies}/userlists/${key}`)).body['body']).toEqual({
      name: 'more',
      x_real: { a: 1 },
      allow: 'no_user',
      except: [],
    });
    expect(served.lines.join('\n')).toContain('"code":"MEMBER_UNKNOWN"');
  });

  test('that is built in can be referred to and cannot be changed', async () => {
    const path = '/api/configuration/ssh/channel_policies';
    expect((await client.send('GET', path)).body['items']).toEqual([
      { key: '-20100', meta: { href: `${path}/-20100` } },
    ]);
    expect(await client.send('DELETE', `${path}/-20100`)).toMatchObject({ status: 400 });
    expect(await client.send('POST', path, {})).toMatchObject({ status: 405 });
    const body = { name: 'built-in', network: { ports: [22] }, policies: { channel_policy: '-20100' } };
    await client.create('/api/configuration/ssh/connections', body);
  });
});

test('a password is shown nowhere, belongs to one store, and comes back as a reference', async () => {
  const loose = await client.create('/api/configuration/passwords', { plain: 'hunter22' });
  const store = (name: string): object => ({
    name,
    type: { selection: 'local', entries: [{ host: 'h', user: 'u', passwords: [loose, { plain: 'hunter33' }] }] },
  });
  const key = await client.create(`${policies}/credentialstores`, store('local'));
  const { body } = await client.send('GET', `${policies}/credentialstores/${key}`);
  expect(body['body']).toMatchObject({
    type: { entries: [{ passwords: [{ key: loose }, { meta: { href: expect.stringContaining('/passwords/') } }] }] },
  });
  expect(await client.send('PUT', `${policies}/credentialstores/${key}`, body)).toMatchObject({ status: 200 });
  expect(await client.send('POST', `${policies}/credentialstores`, store('other'))).toMatchObject({ status: 400 });
  expect((await client.send('GET', `/api/configuration/passwords/${loose}`)).body).toMatchObject({
    key: loose,
    body: {},
  });
  expect(await client.send('GET', '/api/configuration/passwords')).toMatchObject({ status: 405 });
  const log = JSON.stringify((await client.send('GET', '/api/transaction/changes')).body);
  expect(log).toContain('******');
  expect(log).not.toMatch(/hunter[23]/);
});
