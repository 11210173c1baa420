import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAuthority } from '../../../src/targets/http/create-authority.ts';
import { runCommand } from '../fixture.ts';
import { declare, makeScript, type RecordedScript, verdictOf } from './recorded.ts';

const password = 'Portal-Pass-1';
const session = 'session-of-the-server-0123456789';
const csrf = 'csrf-of-the-server-98765';
const token = 'access-token-of-the-server-0123';
const people = ['alice', 'bob', 'carol'];

type Answer = (request: IncomingMessage, response: ServerResponse, body: string, url: URL) => void;

function json(response: ServerResponse, status: number, data: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(data));
}

function page(response: ServerResponse, body: string, headers: Record<string, string | string[]> = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(`<html>${body}</html>`);
}

function isDigest(request: IncomingMessage): boolean {
  const given = request.headers.authorization ?? '';
  const part = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? '';
  const md5 = (...parts: string[]): string => createHash('md5').update(parts.join(':')).digest('hex');
  const own = md5(md5('svc', 'portal', password), 'nonce1', part('nc'), part('cnonce'), 'auth', md5('GET', '/digest'));
  return part('response') === own;
}

const answers: Record<string, Answer> = {
  'GET /login': (_, response) => {
    page(
      response,
      `<form action="/login"><input type="hidden" name="csrf_token" value="${csrf}"><input name="user"></form>`,
      {
        'Set-Cookie': 'visit=visit-cookie-of-the-server; HttpOnly',
      },
    );
  },
  'POST /login': ({ headers }, response, body) => {
    const form = new URLSearchParams(body);
    const isRight = form.get('csrf_token') === csrf && form.get('password') === password;
    if (!isRight || headers.cookie !== 'visit=visit-cookie-of-the-server') page(response, 'No');
    else
      response
        .writeHead(302, { Location: '/home', 'Set-Cookie': `SESSION=${session}; Path=/; Max-Age=3600; Secure` })
        .end();
  },
  'GET /home': ({ headers }, response) => {
    page(response, headers.cookie?.includes(`SESSION=${session}`) === true ? 'Welcome' : 'Go away');
  },
  'POST /token': (_, response, body) => {
    const isRight = new URLSearchParams(body).get('client_secret') === password;
    json(response, isRight ? 200 : 401, isRight ? { access_token: token, token_type: 'Bearer', expires_in: 3600 } : {});
  },
  'GET /people': ({ headers }, response, _, url) => {
    const at = Number(url.searchParams.get('after') ?? 0);
    const next = `<http://${headers.host ?? ''}/people?limit=1&after=${at + 1}>; rel="next"`;
    if (headers.authorization !== `Bearer ${token}`) json(response, 401, {});
    else
      json(response, 200, [{ login: people[at] }], {
        'X-Request-Id': String(Math.random()),
        ...(at + 1 < people.length && { Link: next }),
      });
  },
  'GET /basic': ({ headers }, response) => {
    const isRight = headers.authorization === `Basic ${Buffer.from(`svc:${password}`).toString('base64')}`;
    json(response, isRight ? 200 : 401, { isRight, given: isRight ? password : null });
  },
  'GET /digest': (request, response) => {
    const challenge = 'Digest realm="portal", nonce="nonce1", qop="auth"';
    if (isDigest(request)) json(response, 200, { isRight: true });
    else response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
  },
};

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const url = new URL(request.url ?? '', 'http://server');
    const answer = answers[`${request.method ?? ''} ${url.pathname}`];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response, body, url);
  });
});
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const given = (secret = password): Record<string, unknown> => ({
  Address: '127.0.0.1',
  Port: port,
  FuncPassword: secret,
});
const ask = (answer: string, more: object): object[] => [
  { NewHttpRequest: { ObjectName: 'R' } },
  { Request: { RequestObjectName: 'R', ResponseObjectName: answer, Verb: 'GET', ...more } },
];
const operation = (...steps: (object | object[])[]): object => ({
  Parameters: declare({ Address: '', Port: 0, FuncPassword: '' }),
  Do: [{ BaseAddress: { Address: 'http://%Address%:%Port%' } }, ...steps.flat()],
});
const authorized = (type: string, uri: string): object => ({
  HttpAuth: { RequestObjectName: 'R', Type: type, Credentials: { Login: 'svc', Password: '%FuncPassword%', Uri: uri } },
});
const withLogin = (type: string, url: string): object =>
  operation(
    { NewHttpRequest: { ObjectName: 'R' } },
    authorized(type, `http://%Address%:%Port%${url}`),
    { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: url } },
    { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } },
    { WriteResponseObject: { Value: '%J%' } },
    { Return: { Value: '%{ A.StatusCode == 200 }%' } },
  );
const form = { Content: { ContentObjectName: 'F', ContentType: 'application/x-www-form-urlencoded' } };

const operations = {
  /** A form with a hidden field, a redirect, cookies. */
  CheckPassword: operation(
    ask('A', { Url: '/login' }),
    { ExtractFormData: { ResponseObjectName: 'A', FormObjectName: 'F' } },
    { SetFormValue: { FormObjectName: 'F', InputName: 'password', Value: '%FuncPassword%', IsSecret: true } },
    ask('B', { Verb: 'POST', Url: '/login', ...form }),
    { Return: { Value: '%{ B.Content.Contains("Welcome") }%' } },
  ),
  /** A token, then one page after the other. */
  DiscoverAccounts: operation(
    { SetFormValue: { FormObjectName: 'F', InputName: 'client_secret', Value: '%FuncPassword%', IsSecret: true } },
    ask('A', { Verb: 'POST', Url: '/token', IsSecret: true, ...form }),
    { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } },
    { SetItem: { Name: 'Next', Value: '/people?limit=1' } },
    {
      For: {
        ...{ Before: 'count = 0', Condition: 'Next != ""', End: 'count = count + 1' },
        Body: {
          Do: [
            { NewHttpRequest: { ObjectName: 'P' } },
            { Headers: { RequestObjectName: 'P', AddHeaders: { Authorization: 'Bearer %{ J.access_token }%' } } },
            {
              Request: {
                ...{ RequestObjectName: 'P', ResponseObjectName: 'B', Verb: 'GET' },
                ...{ Url: '%Next%', SubstitutionInUrl: true },
              },
            },
            { ExtractJsonObject: { JsonObjectName: 'B', Name: 'L' } },
            {
              ForEach: {
                ...{ CollectionName: 'L', ElementName: 'U' },
                Body: { Do: [{ WriteDiscoveredAccount: { Name: '%{ U.login }%' } }] },
              },
            },
            {
              SetItem: {
                Name: 'Link',
                Value: '%{ B.Headers.Contains("Link") ? B.Headers["Link"][0] : "" }%',
              },
            },
            { SetItem: { Name: 'Next', Value: '%{ Regex.Match(Link, "(?<=<)[^>]+").Value }%' } },
          ],
        },
      },
    },
    { Return: { Value: true } },
  ),
  CheckSystem: withLogin('Basic', '/basic'),
  CheckFile: withLogin('Digest', '/digest'),
};

const make = (): RecordedScript => makeScript(operations);

describe('a run with --record over HTTP', () => {
  test.each(['CheckPassword', 'DiscoverAccounts', 'CheckSystem', 'CheckFile'] as const)(
    '%s is recorded without a secret, and passes without the server',
    async (name) => {
      const script = make();
      const { result, text: recording } = await script.record(name, given());
      expect([result.outcome, result.error, result.problems]).toEqual(['success', null, []]);
      for (const secret of [password, session, csrf, token]) expect(recording).not.toContain(secret);
      expect(verdictOf(await script.replay())).toBe('passed');
    },
  );

  test('every page that was asked for is a route of its own, without what nobody asks for', async () => {
    const { text: recording } = await make().record('DiscoverAccounts', given());
    expect(recording.match(/bearer: \$\{AccessToken\}/g)).toHaveLength(3);
    expect(recording).toContain('{name: carol}');
    expect(recording).not.toMatch(/X-Request-Id|Date|Connection/i);
  });

  test('a run that does not succeed is recorded too', async () => {
    const script = make();
    const { result, text: recording } = await script.record('CheckPassword', given('wrong-Password-9'));
    expect(result.outcome).toBe('mismatch');
    expect(recording).not.toContain('wrong-Password-9');
    expect(verdictOf(await script.replay())).toBe('passed');
  });

  test('what a script that was changed asks for is not answered, and another answer is not what was expected', async () => {
    const script = make();
    await script.record('CheckPassword', given());
    const changed = (source: string): string => source.replace('"InputName": "password"', '"InputName": "passwort"');
    expect(verdictOf(await script.replay({ script: changed }))).toContain('no route answers this request');
    expect(verdictOf(await script.replay({ test: (each) => each.replace('Welcome', 'Go away') }))).toContain('outcome');
  });

  test('the file is for its owner alone, and none is replaced that is there already', async () => {
    const script = make();
    await script.record('CheckSystem', given());
    const file = path.join(script.folder, 'recorded.platform-test.yaml');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await runCommand(['platform', 'run', script.file, 'CheckSystem', '--record', file]);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('FILE_EXISTS')]);
  });

  test.each([
    ['untrusted', true, 'success'],
    ['untrusted', false, 'error'],
    ['expired', false, 'error'],
    ['wrong-name', false, 'error'],
  ] as const)('a certificate that is %s is one in the recording (ignored: %s)', async (kind, isIgnored, outcome) => {
    const authority = createAuthority(new Date());
    const secure = createSecureServer(authority.certify('127.0.0.1', kind), (_, response) => {
      response.end('hello');
    });
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    onTestFinished(() => {
      secure.close();
    });
    const made = makeScript({
      CheckSystem: operation(
        { BaseAddress: { Address: 'https://%Address%:%Port%' } },
        ask('A', { Url: '/', IgnoreServerCertAuthentication: isIgnored }),
        { Return: { Value: true } },
      ),
    });
    const own = { ...given(), Port: (secure.address() as AddressInfo).port };
    const ca = path.join(made.folder, 'ca.pem');
    writeFileSync(ca, authority.ca);
    const { result, text: recording } = await made.record('CheckSystem', own, '--ca', ca);
    expect([result.outcome, /tls: (.*)/.exec(recording)?.[1]?.replace(/,.*/, '')]).toEqual([outcome, kind]);
    expect(verdictOf(await made.replay())).toBe('passed');
  });

  test('a host that nobody answers for is one that nobody answers for', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const own = { ...given(), Port: (free.address() as AddressInfo).port };
    await new Promise((resolve) => free.close(resolve));
    const script = make();
    expect((await script.record('CheckSystem', own)).result.error?.code).toBe('TARGET_UNREACHABLE');
    expect(verdictOf(await script.replay())).toBe('passed');
  });

  test('a recording that does not pass is told of at once', async () => {
    const broken = operation({ Log: { Text: '%NoSuchVariable%' } }, { Return: { Value: true } });
    const script = makeScript({ CheckSystem: operations.CheckSystem, CheckFile: broken });
    const { result, exitCode, text: recording } = await script.record('CheckSystem', given(), '--force');
    expect([result.outcome, exitCode, result.problems]).toMatchObject([
      'success',
      0,
      [{ level: 'warning', code: 'RECORDING_DIFFERS', message: expect.stringContaining('SCRIPT_INVALID') as string }],
    ]);
    expect(recording).toContain('basic: svc:${FuncPassword}');
  });
});
