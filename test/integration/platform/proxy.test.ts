import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import { type RunningServer, startServer } from './http-server.ts';
import { runSteps } from './run-steps.ts';

const credentials = `Basic ${Buffer.from('px:proxy-Pass1').toString('base64')}`;

interface Proxy extends RunningServer {
  /** What it was asked for. */
  asked: string[];
}

/** A proxy: plain requests are answered by itself, `CONNECT` leads to a port of loopback. */
async function startProxy(to: number): Promise<Proxy> {
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.headers['proxy-authorization'] === credentials) response.end('through');
    else response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="p"' }).end();
  });
  server.server.on('connect', (request, client) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    if (request.headers['proxy-authorization'] !== credentials) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const upstream = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const each of [upstream, client])
      each
        .on('error', () => undefined)
        .on('close', () => {
          upstream.destroy();
          client.destroy();
        });
  });
  return { ...server, asked };
}

const get = (url: string, proxy: object): object[] => [
  { NewHttpRequest: { ObjectName: 'R' } },
  {
    Request: {
      RequestObjectName: 'R',
      ResponseObjectName: 'A',
      Verb: 'GET',
      Url: url,
      IgnoreServerCertAuthentication: true,
      ...proxy,
    },
  },
  { WriteResponseObject: { Value: '%{ A.StatusCode.ToString() + " " + A.Content }%' } },
  { Return: { Value: true } },
];

const parameters = { ProxyPassword: 'proxy-Pass1' };
const through = (port: number): object => ({
  ProxyIp: '127.0.0.1',
  ProxyPort: port,
  ProxyUser: 'px',
  ProxyPassword: '%ProxyPassword%',
});

test('a plain request goes through a proxy with its whole URL, a secure one through a tunnel', async () => {
  await using target = await startTarget({ http: { routes: [{ path: '/x', answer: { text: 'secure' } }] } });
  await using proxy = await startProxy(target.loopbackPort);
  const allow = ['portal.example'];
  const plain = await runSteps(
    { steps: get('http://portal.example/x?q=1#part', through(proxy.port)) },
    { parameters, allow },
  );
  expect(plain).toMatchObject({ error: null, response: 'OK through' });
  const secure = await runSteps(
    { steps: get('https://portal.example/x', through(proxy.port)) },
    { parameters, allow, trace: true },
  );
  expect(secure).toMatchObject({ error: null, response: 'OK secure', targets: [`127.0.0.1:${proxy.port}`] });
  expect(proxy.asked).toEqual(['GET http://portal.example/x?q=1', 'CONNECT portal.example:443']);
});

test('a proxy may be named by its URL; without a host there is none', async () => {
  await using proxy = await startProxy(0);
  const { port } = proxy;
  const allow = ['portal.example'];
  const named = { ...through(port), ProxyIp: `http://localhost:${port}`, ProxyPort: null };
  expect(await runSteps({ steps: get('http://portal.example/', named) }, { parameters, allow })).toMatchObject({
    response: 'OK through',
  });
  await using server = await startServer((_, response) => response.end('straight'));
  const none = { ...through(port), ProxyIp: '' };
  expect(await runSteps({ steps: get(`http://127.0.0.1:${server.port}/`, none) }, { parameters })).toMatchObject({
    response: 'OK straight',
  });
});

test('a proxy that refuses is an error of a tunnel, and an answer of a plain request', async () => {
  await using proxy = await startProxy(0);
  const allow = ['portal.example'];
  const wrong = { ...through(proxy.port), ProxyPassword: 'wrong-Pass9' };
  const plain = await runSteps({ steps: get('http://portal.example/', wrong) }, { parameters, allow });
  expect(plain).toMatchObject({ error: null, response: 'ProxyAuthenticationRequired ' });
  const secure = await runSteps({ steps: get('https://portal.example/', wrong) }, { parameters, allow });
  expect(secure.error).toMatchObject({ code: 'TARGET_UNREACHABLE', message: expect.stringContaining('407') });
});

test('the allow-list judges the proxy and where it leads to', async () => {
  await using proxy = await startProxy(0);
  const led = await runSteps({ steps: get('http://portal.example/', through(proxy.port)) }, { parameters });
  expect(led.error).toMatchObject({ code: 'TARGET_NOT_ALLOWED', message: expect.stringContaining('portal.example') });
  const far = await runSteps(
    { steps: get('http://portal.example/', { ...through(8080), ProxyIp: '192.0.2.1' }) },
    { parameters, allow: ['portal.example'] },
  );
  expect(far.error).toMatchObject({ code: 'TARGET_NOT_ALLOWED', message: expect.stringContaining('192.0.2.1') });
  expect(proxy.asked).toEqual([]);
});
