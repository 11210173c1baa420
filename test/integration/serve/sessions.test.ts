import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Served } from './served.ts';

let served: Served;

beforeAll(async () => {
  served = await Served.start({
    users: {
      auditor: { password: 'reads only!', privileges: [{ path: '/api/configuration', access: 'read' }] },
      ica: { password: 'ica control', privileges: [{ path: '/api/configuration/ica/connections', access: 'write' }] },
    },
  });
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

describe('a login', () => {
  test('without credentials is challenged, as nothing else is', async () => {
    using client = served.client();
    const login = await client.send('GET', '/api/authentication');
    expect(login).toMatchObject({ status: 401, body: { error: { type: 'Unauthenticated' } } });
    expect(login.headers['www-authenticate']).toBe('Basic realm="SPS"');
    const other = await client.send('GET', '/api/configuration/ssh');
    expect(other).toMatchObject({ status: 401, body: { error: { details: { resource: '/api/configuration/ssh' } } } });
    expect(other.headers['www-authenticate']).toBeUndefined();
    expect(other.body['meta']).not.toHaveProperty('remaining_seconds');
  });

  test('gives a cookie in the spelling that clients look for', async () => {
    using client = served.client();
    const { headers, body } = await client.logIn('correct horse battery');
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^session_id=[0-9a-f]{40}; expires=[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT; HttpOnly; Path=\/; Secure$/,
      ),
    ]);
    expect(body).toEqual({ meta: { href: '/api/authentication', parent: '/api' } });
  });

  test.each([
    ['with a wrong password', 'admin', 'wrong', ''],
    ['of an unknown user', 'nobody', 'wrong', ''],
    ['by a method that is not there', 'admin', 'correct horse battery', '?login_method=radius'],
    ['with a certificate', 'admin', 'correct horse battery', '?type=x509'],
  ])('%s fails in the same words', async (_, user, password, query) => {
    using client = served.client();
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const reply = await client.send('GET', `/api/authentication${query}`, undefined, { authorization });
    expect(reply).toMatchObject({
      status: 401,
      body: { error: { type: 'AuthenticationFailure', message: 'The credentials are wrong' } },
    });
  });

  test('never adopts an id that the client brings', async () => {
    using client = served.client();
    client.cookie = `session_id=${'a'.repeat(40)}`;
    await client.logIn('correct horse battery');
    expect(client.cookie).not.toContain('aaaa');
  });
});

describe('a session', () => {
  test('ends at its logout, and its transaction with it', async () => {
    using client = await served.loggedIn();
    await client.send('POST', '/api/transaction');
    expect(await client.send('DELETE', '/api/authentication')).toMatchObject({ status: 200 });
    expect(await client.send('GET', '/api/transaction')).toMatchObject({ status: 401 });
    using other = await served.loggedIn();
    expect(await other.send('POST', '/api/transaction')).toMatchObject({ status: 200 });
    await other.send('DELETE', '/api/transaction');
  });

  test('may come as a header where there is no cookie, and Basic beside it does not matter', async () => {
    using client = await served.loggedIn();
    const id = (client.cookie ?? '').replace('session_id=', '');
    client.cookie = undefined;
    const headers = { session_id: id, authorization: 'Basic bm9ib2R5Ondyb25n' };
    expect(await client.send('GET', '/api/user_info', undefined, headers)).toMatchObject({
      status: 200,
      body: { user: { name: 'admin' } },
    });
    expect(
      await client.send('GET', '/api/configuration', undefined, { authorization: headers.authorization }),
    ).toMatchObject({
      status: 401,
    });
  });

  test('reads and writes what its user may', async () => {
    using auditor = await served.loggedIn('reads only!', 'auditor');
    expect(await auditor.send('GET', '/api/configuration/ssh/connections')).toMatchObject({ status: 200 });
    expect(await auditor.send('POST', '/api/transaction')).toMatchObject({
      status: 403,
      body: { error: { type: 'Unauthorized', details: { resource: '/api/transaction' } } },
    });
    using ica = await served.loggedIn('ica control', 'ica');
    expect(await ica.send('GET', '/api/configuration/ssh/connections')).toMatchObject({ status: 403 });
    await ica.send('POST', '/api/transaction');
    const body = { name: 'desk', network: { ports: [1494] } };
    expect(await ica.send('POST', '/api/configuration/ica/connections', body)).toMatchObject({ status: 201 });
    expect(await ica.send('GET', '/api/upload')).toMatchObject({ status: 200 });
    await ica.send('DELETE', '/api/transaction');
    expect(await auditor.send('GET', '/api/upload')).toMatchObject({ status: 403 });
  });
});

test('more about the box is told to who is logged in', async () => {
  using client = await served.loggedIn();
  using anonymous = served.client();
  const known = (await anonymous.send('GET', '/api/info')).body['body'];
  expect(known).toMatchObject({ plugin_sdk_version: { feature: '1.9' }, nickname: null });
  expect(known).not.toHaveProperty('version');
  expect((await client.send('GET', '/api/info')).body['body']).toMatchObject({
    version: '9.0.0',
    firmware_version: '9.0.0',
  });
});
