import { cpSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Inspector, openSession, startInspector } from '../../../src/index.ts';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { makeFolder, runHost } from '../fixture.ts';

const folder = makeFolder();
const stateDir = path.join(folder, 'state');
const otp = path.join(folder, 'otp');
let inspector: Inspector;

beforeAll(async () => {
  cpSync(path.resolve(import.meta.dirname, '../../../sample-plugins/otp-ts'), otp, { recursive: true });
  await using session = await openSession({ aa: otp, store: { name: 'demo', stateDir } });
  await session.call('authenticate', {});
  await session.call('authenticate', { key_value_pairs: { otp: '123456' } });
  await session.close();
  inspector = await startInspector({ stateDir });
});

afterAll(async () => {
  await inspector.close();
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: Record<string, unknown>;
}

/** As it is written: a client of addresses would take out what leads upwards. */
async function ask(target: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const authorization = `Bearer ${inspector.token}`;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const all = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  const options = { port: inspector.port, path: target, method, agent: false as const, headers: all };
  const asked = request(options, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const isJson = response.headers['content-type']?.startsWith('application/json') === true;
      const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
    });
  });
  asked.on('error', reject);
  asked.end(body);
  return promise;
}

const codeOf = ({ status, json }: Answer): [number, unknown] => [
  status,
  (json['error'] as { code?: unknown } | undefined)?.code,
];

describe('the API of the inspector', () => {
  test('says what it shows', async () => {
    expect((await ask('/v1/info')).json).toEqual({
      version: expect.stringMatching(/^\d/),
      api: 1,
      stateDir,
      masked: true,
      keep: 500,
      sessions: 1,
    });
  });

  test('lists sessions with more than `session ls` says', async () => {
    const { json: listed } = await runHost<object[]>('session', 'ls', '--state', stateDir);
    const { json } = await ask('/v1/sessions');
    expect(json).toEqual({
      total: 1,
      matched: 1,
      sessions: [
        {
          ...listed[0],
          verdict: 'ACCEPT',
          plugins: [{ name: 'Sample_Otp_TypeScript', version: '1.0.0', type: 'aa' }],
          durationMs: expect.any(Number),
          errors: 0,
          slow: 0,
        },
      ],
    });
    expect((await ask('/v1/sessions?q=verdict:deny')).json).toEqual({ total: 1, matched: 0, sessions: [] });
  });

  test('gives a session, and each of its steps, as `session show` does', async () => {
    const { json: shown } = await runHost<{ steps: object[] }>('session', 'show', 'demo', '--state', stateDir);
    expect((await ask('/v1/sessions/demo')).json).toEqual(shown);
    expect((await ask('/v1/sessions/demo/steps/2')).json).toEqual(shown.steps[1]);
    const { json } = await ask('/v1/sessions/demo/steps?from=2&q=verdict:accept');
    expect(json).toEqual({ total: 2, matched: 1, steps: [shown.steps[1]] });
  });

  test('leaves out of a summary what may be large', async () => {
    const { json } = await ask('/v1/sessions/demo/steps?fields=summary');
    const [step] = json['steps'] as { outcome: object }[];
    expect(Object.keys(step ?? {})).not.toEqual(expect.arrayContaining(['kwargs']));
    expect(Object.keys(step?.outcome ?? {}).sort()).toEqual(['durationMs', 'kind', 'phase', 'truncated']);
  });

  test('shows what a call was given, masked, with what the plugin did not declare', async () => {
    const { json, text } = await ask('/v1/sessions/demo/steps/2/input');
    expect(json).toMatchObject({ kwargs: { key_value_pairs: { otp: '***' } }, api: '1.9' });
    expect(text).not.toContain('123456');
  });

  test('calls a step again as `session replay` does; a masked text stands for what was recorded', async () => {
    const kwargs = { key_value_pairs: { otp: '***' } };
    const asked = { method: 'POST', body: JSON.stringify({ kwargs }) };
    const { status, json } = await ask('/v1/sessions/demo/steps/2/replay', asked);
    expect({ status, ...json }).toMatchObject({ status: 200, session: 'demo', equal: true });
    const wrong = { method: 'POST', body: JSON.stringify({ kwargs: { key_value_pairs: { otp: '999999' } } }) };
    const other = await ask('/v1/sessions/demo/steps/2/replay', wrong);
    expect(other.json).toMatchObject({ equal: false });
    expect(new SessionStore(stateDir).readSteps('demo')).toHaveLength(2);
  });

  test('exports the masked session as a file', async () => {
    const { headers, json } = await ask('/v1/sessions/demo/export?format=json');
    expect(headers['content-disposition']).toBe('attachment; filename="demo.json"');
    expect(json).toMatchObject({ name: 'demo', masked: true });
  });

  test('describes all of its addresses', async () => {
    const { json } = await ask('/v1/openapi.json');
    expect(json).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys(json['paths'] as object).sort()).toEqual([
      '/v1/events',
      '/v1/info',
      '/v1/openapi.json',
      '/v1/sessions',
      '/v1/sessions/{name}',
      '/v1/sessions/{name}/end',
      '/v1/sessions/{name}/export',
      '/v1/sessions/{name}/replay',
      '/v1/sessions/{name}/steps',
      '/v1/sessions/{name}/steps/{n}',
      '/v1/sessions/{name}/steps/{n}/input',
      '/v1/sessions/{name}/steps/{n}/replay',
    ]);
  });
});

describe('a request is refused', () => {
  test.each<[string, Asked, number, string]>([
    ['/v1/info', { headers: { authorization: 'Bearer x' } }, 401, 'TOKEN_MISSING'],
    ['/', { headers: { authorization: '' } }, 401, 'TOKEN_MISSING'],
    ['/?token=x', { headers: { authorization: '' } }, 401, 'TOKEN_MISSING'],
    ['/v1/info', { headers: { host: 'example.test' } }, 421, 'HOST_REFUSED'],
    ['/v1/info', { headers: { origin: 'null' } }, 403, 'ORIGIN_REFUSED'],
    ['/v1/info', { headers: { 'sec-fetch-site': 'cross-site' } }, 403, 'ORIGIN_REFUSED'],
    ['/v1/../v1/info', {}, 404, 'ROUTE_UNKNOWN'],
    ['/sessions/%2e%2e/1', {}, 404, 'ROUTE_UNKNOWN'],
    ['/v1/nothing', {}, 404, 'ROUTE_UNKNOWN'],
    ['/v1/sessions/none', {}, 404, 'SESSION_NOT_FOUND'],
    ['/v1/sessions/a%20b', {}, 404, 'SESSION_NOT_FOUND'],
    ['/v1/sessions/demo/steps/9', {}, 404, 'STEP_NOT_FOUND'],
    ['/v1/sessions/demo/steps/9/replay', { method: 'POST' }, 404, 'STEP_NOT_FOUND'],
    ['/v1/sessions?limit=9999', {}, 400, 'REQUEST_INVALID'],
    ['/v1/sessions?what=1', {}, 400, 'REQUEST_INVALID'],
    ['/v1/sessions/demo/steps/1/replay', { method: 'POST', body: '{' }, 400, 'REQUEST_INVALID'],
    ['/v1/sessions/demo/steps/1/replay', { method: 'POST', body: '{"a":1}' }, 400, 'REQUEST_INVALID'],
    ['/v1/sessions/demo/replay', { method: 'POST', body: '{"kwargs":{}}' }, 400, 'REQUEST_INVALID'],
    ['/v1/sessions/demo/replay', { method: 'POST', body: ' '.repeat(2 ** 21) }, 413, 'BODY_TOO_LARGE'],
    [
      '/v1/sessions/demo/replay',
      { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['/v1/info', { method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %o: %i %s', async (target, asked, status, code) => {
    const answer = await ask(target, asked);
    expect(codeOf(answer)).toEqual([status, code]);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
    if (status === 405) expect(answer.headers['allow']).toBe('GET');
  });

  test('that changes something with the cookie alone, which any page could send', async () => {
    const cookie = `plugin-host-${inspector.port}=${inspector.token}`;
    const headers = { authorization: '', cookie };
    expect((await ask('/v1/info', { headers })).status).toBe(200);
    expect(codeOf(await ask('/v1/sessions/demo', { method: 'DELETE', headers }))).toEqual([403, 'ORIGIN_REFUSED']);
  });
});

test('the first visit moves the token from the address into a cookie', async () => {
  const { status, headers } = await ask(`/sessions/demo?token=${inspector.token}&q=x`, {
    headers: { authorization: '' },
  });
  expect([status, headers['location']]).toEqual([303, '/sessions/demo?q=x']);
  expect(headers['set-cookie']).toEqual([
    `plugin-host-${inspector.port}=${inspector.token}; HttpOnly; SameSite=Strict; Path=/`,
  ]);
});

test('of sessions that nobody named, the newest stay', async () => {
  const other = path.join(folder, 'kept');
  await using few = await startInspector({ stateDir: other, keep: 2 });
  expect(few.port).toBeGreaterThan(0);
  for (let n = 1; n <= 4; n += 1) {
    await using session = await openSession({ aa: otp, store: { name: `named-${n}`, stateDir: other } });
    await session.call('authenticate');
    await session.close();
  }
  for (let n = 1; n <= 4; n += 1) await runHost('invoke', 'authenticate', '-p', otp, '--state', other);
  await expect.poll(() => new SessionStore(other).names().filter((name) => name.startsWith('_invoke')).length).toBe(2);
  expect(new SessionStore(other).names().filter((name) => name.startsWith('named'))).toHaveLength(4);
});
