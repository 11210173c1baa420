import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { startServer } from './http-server.ts';
import { runSteps } from './run-steps.ts';

const request = (more: object): object => ({
  Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: '/', ...more },
});
const write = (expression: string): object => ({ WriteResponseObject: { Value: `%{ ${expression} }%` } });

const onPort = (port: number, steps: readonly object[]): Promise<RunResult> =>
  runSteps({
    steps: [
      { BaseAddress: { Address: `http://127.0.0.1:${port}` } },
      { NewHttpRequest: { ObjectName: 'R' } },
      ...steps,
      { Return: { Value: true } },
    ],
  });

const text = 'Grüße, 日本';
const bytes = Buffer.from(text);

test.each([
  ['gzip', gzipSync(bytes)],
  ['deflate', deflateSync(bytes)],
  ['deflate', deflateRawSync(bytes)],
  ['br', brotliCompressSync(bytes)],
  ['identity', bytes],
])('an answer packed with %s is unpacked', async (encoding, body) => {
  await using server = await startServer(({ headers }, response) => {
    response.writeHead(200, { 'Content-Encoding': encoding, 'X-Asked': headers['accept-encoding'] ?? '' }).end(body);
  });
  const result = await onPort(server.port, [request({}), write('A.Content + "|" + A.Headers["X-Asked"][0]')]);
  expect(result).toMatchObject({ error: null, response: `${text}|gzip, deflate, br` });
});

test('an answer that cannot be unpacked is an error', async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip');
  });
  const result = await onPort(server.port, [request({})]);
  expect(result.error).toMatchObject({ code: 'TARGET_CLOSED', message: expect.stringContaining('unpacked') });
});

test.each([
  ['text/html; charset=iso-8859-1', Buffer.from([0x47, 0xfc]), 'Gü'],
  ['text/html; Charset="utf-16le"', Buffer.from('Gü', 'utf16le'), 'Gü'],
  ['text/html', Buffer.from('Gü'), 'Gü'],
  ['text/html; charset=utf-8', Buffer.from([0xef, 0xbb, 0xbf, 0x47, 0xff]), 'G\ufffd'],
  ['text/html; charset=nonsense', Buffer.from('Gü'), 'Gü'],
])('the body of %s is read as its charset says', async (type, body, expected) => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  const result = await onPort(server.port, [request({}), write('A.Content + "|" + A.ContentType')]);
  expect(result.response).toBe(`${expected}|text/html`);
});

test.each(['Get', 'POST', 'put', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'])(
  '%s is sent as it is',
  async (verb) => {
    await using server = await startServer(({ method }, response) =>
      response.writeHead(200, { 'X-Method': method }).end(),
    );
    const result = await onPort(server.port, [request({ Verb: verb }), write('A.Headers["x-method"][0]')]);
    expect(result).toMatchObject({ error: null, response: verb.toUpperCase() });
  },
);

describe('a redirect', () => {
  test.each([
    [301, 'POST', 'GET '],
    [302, 'POST', 'GET '],
    [303, 'PUT', 'GET '],
    [301, 'PUT', 'PUT text'],
    [307, 'POST', 'POST text'],
    [308, 'POST', 'POST text'],
  ])('%s of a %s becomes %s', async (status, verb, expected) => {
    const seen: string[] = [];
    await using server = await startServer((message, response) => {
      void message.toArray().then((chunks) => {
        seen.push(`${message.method ?? ''} ${chunks.join('')}`);
        if (message.url === '/') response.writeHead(status, { Location: '/next?x=1' }).end();
        else response.end('there');
      });
    });
    const result = await onPort(server.port, [
      { SetItem: { Name: 'Body', Value: 'text' } },
      request({ Verb: verb, Content: { ContentObjectName: 'Body' } }),
      write('A.Content + A.RequestUri + A.RequestUriAbsoluteUriQueryParams["x"]'),
    ]);
    expect(result).toMatchObject({ error: null, response: `therehttp://127.0.0.1:${server.port}/next?x=11` });
    expect(seen).toEqual([`${verb} text`, expected]);
  });

  test('is an answer like any other without AllowRedirect, and an error when it never ends', async () => {
    let count = 0;
    await using server = await startServer((_, response) => {
      count += 1;
      response.writeHead(302, { Location: '/again' }).end();
    });
    const stays = await onPort(server.port, [
      request({ AllowRedirect: false }),
      write('A.StatusCode.ToString() + A.Headers["Location"][0]'),
    ]);
    expect(stays).toMatchObject({ error: null, response: 'Redirect/again' });
    count = 0;
    const never = await onPort(server.port, [request({})]);
    expect(never.error?.message).toContain('more than 50 redirects');
    expect(count).toBe(51);
  });
});

describe('cookies', () => {
  const echo = (): ReturnType<typeof startServer> =>
    startServer(({ headers, url }, response) => {
      if (url === '/set')
        response.setHeader('Set-Cookie', ['sid=abcd1234; Path=/', 'gone=1; Max-Age=0', 'sub=2; Path=/sub']);
      response.end(headers.cookie ?? 'none');
    });

  test('are kept, set, read and cleared', async () => {
    await using server = await echo();
    const host = { Domain: '127.0.0.1' };
    const result = await onPort(server.port, [
      request({ Url: '/set' }),
      { SetCookie: { Name: 'own', ...host, Path: '/', Value: 'x' } },
      request({ Url: '/sub/page' }),
      { SetItem: { Name: 'All', Value: '%{ A.Content }%' } },
      { GetCookie: { Name: 'sid', ...host, VariableName: 'Sid' } },
      { GetCookie: { Name: 'none', ...host, VariableName: 'None' } },
      { GetCookie: { Name: 'sub', Domain: 'http://127.0.0.1', Path: '/sub', VariableName: 'Sub' } },
      { Log: { Text: 'sid %Sid%' } },
      { ClearCookie: { Name: ['sid', 'own'], ...host } },
      request({}),
      write('All + "|" + A.Content + "|" + Sid + "|" + Sub + "|" + (None == null)'),
    ]);
    expect(result).toMatchObject({ error: null, response: 'sub=2; sid=abcd1234; own=x|none|abcd1234|2|True' });
  });

  test('of an answer are told and not kept without PersistCookies', async () => {
    await using server = await echo();
    const result = await onPort(server.port, [
      request({ Url: '/set', PersistCookies: false }),
      { SetItem: { Name: 'Told', Value: '%{ A.Cookies[0].Name + A.Cookies[0].Value }%' } },
      request({}),
      write('Told + A.Content'),
    ]);
    expect(result).toMatchObject({ error: null, response: 'sidabcd1234none' });
  });

  test('that are secure go to https alone', async () => {
    await using server = await echo();
    const { response } = await onPort(server.port, [
      { SetCookie: { Name: 'own', Domain: 'portal.example', Value: 'x', Secure: true } },
      { GetCookie: { Name: 'own', Domain: 'https://portal.example', VariableName: 'Own' } },
      request({}),
      write('Own + A.Content'),
    ]);
    expect(response).toBe('xnone');
  });
});

test('headers with cookies are masked in the trace, whatever the script marks; others are seen', async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { 'Set-Cookie': 'sid=open-Word1; Path=/', 'X-Seen': 'yes' }).end('{}');
  });
  const result = await runSteps(
    {
      steps: [
        { BaseAddress: { Address: `http://127.0.0.1:${server.port}` } },
        { NewHttpRequest: { ObjectName: 'R' } },
        request({}),
        { Return: { Value: true } },
      ],
    },
    { trace: true },
  );
  const answers = result.trace?.filter(({ kind, phase }) => kind === 'http' && phase === 'end');
  expect(answers).toMatchObject([{ value: { headers: { 'Set-Cookie': '**secret**', 'X-Seen': 'yes' } } }]);
  expect(JSON.stringify(result.trace)).not.toContain('open-Word1');
});
