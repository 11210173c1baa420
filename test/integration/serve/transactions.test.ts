import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { packSample } from './pack-sample.ts';
import type { RestClient } from './rest-client.ts';
import { Served } from './served.ts';

const lists = '/api/configuration/policies/userlists';

describe('in classic', () => {
  test('a change needs an open transaction, which one session has at a time', async () => {
    await using served = await Served.start();
    using client = await served.loggedIn();
    expect(await client.send('POST', lists, { name: 'vips' })).toMatchObject({
      status: 409,
      body: { error: { type: 'NoTransaction' } },
    });
    expect(await client.send('PUT', '/api/transaction', '')).toMatchObject({ status: 409 });
    await client.send('POST', '/api/transaction');
    using other = await served.loggedIn();
    expect(await other.send('POST', '/api/transaction')).toMatchObject({
      status: 409,
      body: { error: { type: 'ConfigurationLocked', details: { user: 'admin', remaining_seconds: 600 } } },
    });
    await client.create(lists, { name: 'vips' });
    expect((await other.send('GET', lists)).body['items']).toEqual([]);
    expect((await client.send('GET', lists)).body['items']).toHaveLength(1);
    expect((await client.send('GET', '/api/transaction')).body).toMatchObject({
      body: { status: 'open', commit_message: 'optional' },
      transaction: { status: 'open' },
      meta: { changes: '/api/transaction/changes' },
    });
    expect(await client.send('PUT', '/api/transaction', '')).toMatchObject({ status: 200 }); // an empty body commits
    expect((await other.send('GET', lists)).body['items']).toHaveLength(1);
  });

  test('an upload of another session of the same user belongs to the open transaction', async () => {
    await using served = await Served.start();
    using client = await served.loggedIn();
    await client.send('POST', '/api/transaction');
    using streaming = await served.loggedIn();
    const key = await streaming.create('/api/upload/plugins', await packSample('otp'));
    expect(await client.send('GET', `/api/configuration/plugins/aa/${key}`)).toMatchObject({ status: 200 });
    expect(await client.send('DELETE', `/api/configuration/plugins/aa/${key}`)).toMatchObject({ status: 405 });
    await client.send('DELETE', '/api/transaction');
    expect(await client.send('GET', `/api/configuration/plugins/aa/${key}`)).toMatchObject({ status: 404 });
  });
});

describe('in current', () => {
  test('a change opens a transaction, several may be open, and the second that touches an object conflicts', async () => {
    await using served = await Served.start({ compat: 'current' });
    using client = await served.loggedIn();
    const key = await client.create(lists, { name: 'vips' });
    await client.send('PUT', '/api/transaction', { status: 'commit' });
    using other = await served.loggedIn();
    await other.send('POST', '/api/transaction');
    await client.send('PUT', `${lists}/${key}`, { name: 'vips', except: ['a'] });
    await other.send('PUT', `${lists}/${key}`, { name: 'vips', except: ['b'] });
    expect(await client.send('PUT', '/api/transaction', {})).toMatchObject({ status: 200 });
    expect(await other.send('PUT', '/api/transaction', {})).toMatchObject({
      status: 409,
      body: { error: { type: 'Conflict', details: { resource: '/api/transaction', object: `${lists}/${key}` } } },
    });
    expect((await other.send('GET', '/api/transaction')).body['body']).toMatchObject({ status: 'open' });
    expect(await other.send('DELETE', '/api/transaction')).toMatchObject({ status: 200 });
    expect((await other.send('GET', `${lists}/${key}`)).body['body']).toMatchObject({ except: ['a'] });
  });

  test('an upload outside of a transaction is there at once, and a commit without one changes nothing', async () => {
    await using served = await Served.start({ compat: 'current' });
    using client = await served.loggedIn();
    const key = await client.create('/api/upload/plugins', await packSample('otp'));
    expect((await client.send('GET', '/api/transaction')).body['body']).toMatchObject({ status: 'closed' });
    expect(await client.send('PUT', '/api/transaction', { status: 'commit' })).toMatchObject({ status: 200 });
    using other = await served.loggedIn();
    expect((await other.send('GET', '/api/configuration/plugins/aa')).body['items']).toMatchObject([
      { key, body: { name: 'Sample_Otp' } },
    ]);
    expect(await other.send('DELETE', `/api/configuration/plugins/aa/${key}`)).toMatchObject({
      status: 200,
      body: { meta: { href: `/api/configuration/plugins/aa/${key}`, parent: '/api/configuration/plugins/aa' } },
    });
  });
});

test('two servers never share a state folder, and a killed claim leaves nothing behind', async () => {
  await using served = await Served.start();
  const second = Served.start({ stateDir: served.stateDir });
  await expect(second).rejects.toMatchObject({
    code: 'STATE_IN_USE',
    message: expect.stringContaining(String(process.pid)),
  });
});

test('an expired transaction ends its session and is dropped', async () => {
  await using served = await Served.start({ transactionIdleMs: 30 });
  using client = await served.loggedIn();
  await client.send('POST', '/api/transaction');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await client.send('GET', '/api/transaction')).toMatchObject({ status: 401 });
  using other = await served.loggedIn();
  expect(await other.send('POST', '/api/transaction')).toMatchObject({ status: 200 });
});

test('a commit message can be made mandatory', async () => {
  await using served = await Served.start();
  using client = await served.loggedIn();
  await client.send('POST', '/api/transaction');
  await client.send('PUT', '/api/configuration/management/accounting', { require_commitlog: true });
  expect((await client.send('GET', '/api/transaction')).body['body']).toMatchObject({ commit_message: 'required' });
  expect(await client.send('PUT', '/api/transaction', {})).toMatchObject({
    status: 400,
    body: { error: { type: 'SemanticError' } },
  });
  expect(await client.send('PUT', '/api/transaction', { status: 'commit', message: 'why' })).toMatchObject({
    status: 200,
  });
});

test('a commit is remembered: number, user, time, message and changes', async () => {
  await using served = await Served.start({ compat: 'current' });
  using client = await served.loggedIn();
  using other = await served.loggedIn();
  await client.send('POST', '/api/transaction');
  await client.create(lists, { name: 'people' });
  await other.create(lists, { name: 'people' });
  await other.send('PUT', '/api/transaction', { status: 'commit', message: 'first' });
  const refused = await client.send('PUT', '/api/transaction', { status: 'commit', commit_message: 'kept' });
  expect(refused).toMatchObject({ status: 400, body: { error: { details: { resource: '/api/transaction' } } } });
  await other.send('DELETE', (await hrefsOf(other, lists))[0] ?? '');
  await other.send('PUT', '/api/transaction');
  expect(await client.send('PUT', '/api/transaction')).toMatchObject({ status: 200 }); // the message is not sent again
  await served.close();
  const database = new DatabaseSync(path.join(served.stateDir, 'serve/configuration.db'), { readOnly: true });
  const commits = database.prepare('SELECT number, user, time, message, changes FROM commits ORDER BY number').all();
  database.close();
  expect(commits).toMatchObject([
    { number: 1, user: 'admin', message: 'first' },
    { number: 2, message: '' },
    { number: 3, time: expect.stringMatching(/^\d{4}-.*Z$/), message: 'kept' },
  ]);
  expect(JSON.parse(commits[2]?.['changes'] as string)).toMatchObject([
    { type: 'create', new_value: { name: 'people', allow: 'no_user', except: [] } },
  ]);
});

async function hrefsOf(client: RestClient, path: string): Promise<string[]> {
  const { body } = await client.send('GET', path);
  return (body['items'] as { meta: { href: string } }[]).map(({ meta }) => meta.href);
}
