import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RestClient } from './rest-client.ts';
import { Served } from './served.ts';

let served: Served;
let client: RestClient;

beforeAll(async () => {
  served = await Served.start({ compat: 'current', allowHosts: ['sps.lab.test'], uploadLimitBytes: 2 * 1024 * 1024 });
  client = await served.loggedIn();
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

/** What comes back for bytes as they are. */
async function raw(bytes: string): Promise<string> {
  const { port } = new URL(served.server.url);
  const socket = connectTls({ port: Number(port), host: '127.0.0.1', ca: served.server.certificate?.cert ?? '' });
  socket.on('error', () => undefined);
  socket.end(bytes);
  return text(socket);
}

describe('a request', () => {
  test.each([
    ['this machine by name', 'localhost:8443', 200],
    ['another loopback address', '127.1.2.3', 200],
    ['the allowed name, case aside', 'SPS.lab.test:443', 200],
    ['a name that only points here', 'evil.example', 421],
    ['an address of elsewhere', '10.0.0.1', 421],
  ])('with %s as its Host is answered with that in mind', async (_, host, status) => {
    expect(await client.send('GET', '/api/info', undefined, { host })).toMatchObject({ status });
  });

  test('without a Host, or with two, is refused', async () => {
    expect(await raw('GET /api/info HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    const twice = 'GET /api/info HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    expect(await raw(twice)).toMatch(/^HTTP\/1.1 400 /);
  });

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('of another site (%o) is refused although its session is valid', async (headers) => {
    const reply = await client.send('GET', '/api/configuration', undefined, headers);
    expect(reply).toMatchObject({ status: 403, body: { error: { type: 'Unauthorized' } } });
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('of its own origin is served', async () => {
    const origin = served.server.url;
    expect(await client.send('GET', '/api/configuration', undefined, { origin })).toMatchObject({ status: 200 });
  });

  test.each([
    ['a JSON body', '/api/configuration/policies/userlists', 1024 * 1024 + 1],
    ['an upload', '/api/upload/plugins', 2 * 1024 * 1024 + 1],
  ])('with %s above the limit is refused', async (_, path, bytes) => {
    using other = await served.loggedIn();
    const reply = await other.send('POST', path, Buffer.alloc(bytes, 32));
    expect(reply).toMatchObject({ status: 413, body: { error: { type: 'PayloadTooLarge' } } });
  });

  test('with headers or a target that are too long is refused', async () => {
    const long = await client.send('GET', '/api/info', undefined, { 'x-filler': 'a'.repeat(17 * 1024) });
    expect(long).toMatchObject({ status: 431, body: { error: { type: 'HeadersTooLarge' } } });
    expect(await client.send('GET', `/api/${'a'.repeat(9000)}`)).toMatchObject({ status: 414 });
    expect(await raw(`GET /api HTTP/1.1\r\nHost: localhost\r\nx: ${'a'.repeat(80_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
  });

  test.each([
    ['not JSON', '{"name":'],
    ['a list', '[]'],
    ['nested too deeply', `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`],
    ['a number that is not finite', '{"name":"x","more":1e999}'],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['an empty name', '{"name":""}'],
  ])('whose body is %s is a SyntacticError', async (_, body) => {
    const reply = await client.send('POST', '/api/configuration/policies/userlists', body);
    expect(reply).toMatchObject({
      status: 400,
      body: { error: { type: 'SyntacticError', details: { problems: [{}] } } },
    });
  });

  test('may have members named as those of every object, and a byte-order mark', async () => {
    const body = '\uFEFF{"name":"odd","__proto__":{"polluted":true},"constructor":1}';
    const key = await client.create('/api/configuration/policies/userlists', Buffer.from(body));
    const { body: got } = await client.send('GET', `/api/configuration/policies/userlists/${key}`);
    expect(JSON.stringify(got['body'])).toContain('"__proto__":{"polluted":true}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    await client.send('DELETE', '/api/transaction');
  });

  test.each([
    ['/api/configuration/%2e%2e/info', '/api/configuration/../info'],
    ['/api/a%2Fb', '/api/a%2Fb'],
    ['/api%2Fauthentication', '/api%2Fauthentication'],
    ['/api/%00', '/api/\u0000'],
    ['/api/%zz/%C3%BC', '/api/%zz/ü'],
    ['/api/a%5Cb', '/api/a\\b'],
    ['//api/f%C3%BCr/?x=1', '/api/für'],
  ])('for the path %s finds nothing, and says which it was', async (path, resource) => {
    expect(await client.send('GET', path)).toMatchObject({
      status: 404,
      body: { error: { type: 'NotFound', details: { resource } }, meta: { href: resource } },
    });
    using anonymous = served.client();
    expect(await anonymous.send('GET', path)).toMatchObject({
      status: 401,
      body: { error: { details: { resource } } },
    });
  });

  test('without TLS on the port of TLS is not answered', async () => {
    const { port } = new URL(served.server.url);
    const socket = connectPlain({ port: Number(port), host: '127.0.0.1' });
    socket.on('error', () => undefined);
    socket.end('GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await text(socket).catch(() => '')).not.toContain(' 200 ');
  });

  test('is answered without a word about the server, and not to be kept', async () => {
    const { headers } = await client.send('GET', '/api/configuration');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['server']).toBeUndefined();
  });
});

test('a chunked body needs no length, and no length at all is refused', async () => {
  const head = `POST /api/transaction HTTP/1.1\r\nHost: localhost\r\nCookie: ${client.cookie ?? ''}\r\nConnection: close\r\n`;
  expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await raw(`${head}\r\n`)).toMatch(/^HTTP\/1.1 411 [^]*"LengthRequired"/);
  await client.send('DELETE', '/api/transaction');
});

test('nothing of it is a defect of the server, and no secret is in its log', () => {
  expect(served.defects).toEqual([]);
  const log = served.lines.join('\n');
  expect(log).toContain('"status":421');
  for (const secret of ['correct horse', (client.cookie ?? '').replace('session_id=', '')])
    expect(log).not.toContain(secret);
});
