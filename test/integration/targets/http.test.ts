import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import type { TlsKind } from '../../../src/targets/description/target-description.ts';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import type { Target } from '../../../src/targets/running/target.ts';
import { hasProgram, runClient } from './run-client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'targets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const urlOf = (target: Target, rest: string): string => `http://127.0.0.1:${target.loopbackPort}${rest}`;

describe('fetch', () => {
  test('is answered, and what it asked is recorded', async () => {
    await using target = await startTarget(
      {
        http: {
          routes: [
            { method: 'POST', path: '/login', json: { password: '${Password}' }, answer: { json: { ok: true } } },
            { method: 'POST', path: '/login', answer: 401 },
          ],
        },
      },
      { values: { Password: 'right' } },
    );
    const logIn = async (password: string): Promise<number> => {
      const response = await fetch(urlOf(target, '/login'), { method: 'POST', body: JSON.stringify({ password }) });
      await response.text();
      return response.status;
    };
    expect([await logIn('right'), await logIn('wrong')]).toEqual([200, 401]);
    expect(target.requests.map(({ path: asked, status }) => [asked, status])).toEqual([
      ['/login', 200],
      ['/login', 401],
    ]);
  });

  test('sees where a connection breaks', async () => {
    await using target = await startTarget({
      http: {
        routes: [
          { path: '/connect', answer: { abort: 'connect' } },
          { path: '/headers', answer: { abort: 'headers' } },
          { path: '/body', answer: { abort: 'body', text: 'half of it' } },
        ],
      },
    });
    await expect(fetch(urlOf(target, '/connect'))).rejects.toThrow('fetch failed');
    await expect(fetch(urlOf(target, '/headers'))).rejects.toThrow('fetch failed');
    const broken = await fetch(urlOf(target, '/body'));
    expect(broken.status).toBe(200);
    await expect(broken.text()).rejects.toThrow('terminated');
    expect(target.requests.map(({ status }) => status)).toEqual([null, 200, 200]);
  });

  test('waits for an answer that is held back', async () => {
    await using target = await startTarget({ http: { routes: [{ answer: { delay: '120ms' } }] } });
    const begin = performance.now();
    await (await fetch(urlOf(target, '/'))).text();
    expect(performance.now() - begin).toBeGreaterThan(100);
  });

  test('gets several lines of one name', async () => {
    const answer = { headers: { Link: ['<a>; rel="self"', '<b>; rel="next"'] }, cookies: { a: '1', b: '2' } };
    await using target = await startTarget({ http: { routes: [{ answer }] } });
    const { headers } = await fetch(urlOf(target, '/'));
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    expect(headers.get('link')).toBe('<a>; rel="self", <b>; rel="next"');
  });

  test('is let go when the target closes', async () => {
    const target = await startTarget({ http: { routes: [{ answer: { delay: '10m' } }] } });
    const waiting = fetch(urlOf(target, '/'));
    await expect.poll(() => target.requests.length).toBe(1);
    await Promise.all([expect(waiting).rejects.toThrow('fetch failed'), target.close(), target.close()]);
  });
});

describe('TLS', () => {
  const getSecurely = (target: Target, options: RequestOptions = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const asked = {
        host: '127.0.0.1',
        port: target.loopbackPort,
        servername: target.address,
        ca: target.ca,
        agent: false,
      };
      get({ ...asked, ...options }, (response) => {
        text(response).then(resolve, reject);
      }).on('error', (error: NodeJS.ErrnoException) => {
        reject(new Error(error.code));
      });
    });
  const start = (tls?: TlsKind, address = 'portal.test'): Promise<Target> =>
    startTarget({ address, http: { ...(tls && { tls }), routes: [{ answer: { text: 'in' } }] } });

  test('or plain text is what the client begins with', async () => {
    await using target = await start();
    expect(await getSecurely(target)).toBe('in');
    expect(await (await fetch(urlOf(target, '/'))).text()).toBe('in');
  });

  test.each<[TlsKind, string]>([
    ['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['none', 'EPROTO'],
  ])('of the kind %s is refused: %s', async (kind, code) => {
    await using target = await start(kind);
    await expect(getSecurely(target)).rejects.toThrow(code);
  });

  test('of a kind is plain text no more', async () => {
    await using target = await start('trusted');
    expect(await getSecurely(target)).toBe('in');
    await expect(fetch(urlOf(target, '/'))).rejects.toThrow('fetch failed');
  });

  test('is not trusted by those who do not know its authority', async () => {
    await using target = await start();
    await expect(getSecurely(target, { ca: [] })).rejects.toThrow('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('is good for loopback too', async () => {
    await using target = await start('trusted', '10.1.2.3');
    expect(await getSecurely(target, { servername: 'localhost' })).toBe('in');
    await expect(getSecurely(target, { servername: 'portal.test' })).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe.skipIf(!hasProgram('curl'))('curl', () => {
  test.each([
    ['basic', ['-u', 'u:p'], 'in 200'],
    ['basic', ['-u', 'u:x'], 'wrong credentials\n 401'],
    ['digest', ['--digest', '-u', 'u:p'], 'in 200'],
    ['digest', ['--digest', '-u', 'u:x'], 'wrong credentials\n 401'],
    ['bearer', ['-H', 'Authorization: Bearer t'], 'in 200'],
    ['form', ['-d', 'user=svc', '--data-urlencode', 'password=a b&c'], 'in 200'],
    ['redirect', ['-L', '-b', ''], 'in 200'],
    ['head', ['-I', '-o', '/dev/null'], ' 200'],
  ])('asks %s with %j', async (asked, args, got) => {
    const answer = { text: 'in' };
    await using target = await startTarget({
      http: {
        routes: [
          { path: '/basic', basic: 'u:p', answer },
          { path: '/digest', digest: { user: 'u', password: 'p' }, answer },
          { path: '/bearer', bearer: 't', answer },
          { path: '/form', form: { password: 'a b&c' }, answer },
          { path: '/redirect', answer: { redirect: '/there', cookies: { sid: '1' } } },
          { path: '/there', cookies: { sid: '1' }, answer },
          { path: '/head', answer },
        ],
      },
    });
    const { stdout } = await runClient('curl', ['-sS', '-w', ' %{http_code}', ...args, urlOf(target, `/${asked}`)]);
    expect(stdout).toBe(got);
    expect(target.unmatched).toEqual([]);
  });

  test('reaches the name over TLS', async () => {
    await using target = await startTarget({ http: { routes: [{ answer: { text: 'in' } }] } });
    const file = path.join(folder, 'ca.pem');
    writeFileSync(file, target.ca);
    const to = `target.test:443:127.0.0.1:${target.loopbackPort}`;
    const { stdout, stderr } = await runClient('curl', [
      '-sS',
      '--cacert',
      file,
      '--connect-to',
      to,
      'https://target.test/',
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: 'in', stderr: '' });
    expect(target.requests[0]?.headers['host']).toBe('target.test');
  });
});

test('a target claims its name, on every port or on its own', async () => {
  await using any = await startTarget({ http: {} });
  await using one = await startTarget({ address: 'Portal.Test', port: 8443, http: {} });
  expect([any.claims('target.test', 1), any.claims('TARGET.TEST.', 80), any.claims('portal.test', 80)]).toEqual([
    any.loopbackPort,
    any.loopbackPort,
    undefined,
  ]);
  expect([one.claims('portal.test', 8443), one.claims('portal.test', 443)]).toEqual([one.loopbackPort, undefined]);
});

test('a description that is not valid is refused with all that is wrong', async () => {
  await expect(startTarget({ http: { routes: [{ body: '${No}' }, { path: '/**/a' }] } })).rejects.toMatchObject({
    code: 'TARGET_INVALID',
    exitCode: 2,
    problems: [{ path: '/http/routes/1/path' }, { path: '/http/routes/0/body' }],
  });
});
