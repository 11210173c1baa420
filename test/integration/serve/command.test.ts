import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { makeFolder, runHost } from '../fixture.ts';
import { RestClient } from './rest-client.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
const bin = path.join(checkout, 'bin/plugin-host.js');

interface Ready {
  api: { url: string; certificate: string | null; fingerprint: string | null; compat: string };
  inspector: { url: string };
  admin: { user: string; password: string | null };
  stateDir: string;
  pid: number;
}

interface Running {
  ready: Ready;
  /** Ends it. */
  end: (signal?: NodeJS.Signals) => Promise<{ code: number | null; stdout: string; stderr: string }>;
}

async function start(folder: string, ...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [bin, 'serve', '--json', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const said = text(child.stderr);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([
    once(reader, 'line'),
    exited.then(async () => Promise.reject(new Error(await said))),
  ])) as [string];
  return {
    ready: JSON.parse(line) as Ready,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return { code, stdout: lines.join('\n'), stderr: await said };
    },
  };
}

const ports = ['--api-port', '0', '--port', '0'];

describe('plugin-host serve', () => {
  test('says where it is in one line, shows a new password once, and ends at SIGINT with 130', async () => {
    const folder = makeFolder();
    const stateDir = path.join(folder, '.plugin-host');
    const first = await start(folder, ...ports);
    const { ready } = first;
    expect(ready).toEqual({
      api: {
        url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        certificate: path.join(stateDir, 'serve/certificate.pem'),
        fingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        compat: 'classic',
      },
      inspector: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/) },
      admin: { user: 'admin', password: expect.stringMatching(/^.{20,}$/) },
      stateDir,
      pid: expect.any(Number),
    });
    using client = new RestClient(ready.api.url, readFileSync(ready.api.certificate ?? '', 'utf8'));
    expect(await client.logIn(ready.admin.password ?? '')).toMatchObject({ status: 200 });
    const second = await runHost('serve', '--state', stateDir, ...ports);
    expect(second).toMatchObject({ exitCode: 3, json: { error: { code: 'STATE_IN_USE' } } });
    expect(JSON.stringify(second.json)).toContain(String(ready.pid));
    const { code, stdout, stderr } = await first.end('SIGINT');
    expect({ code, stdout }).toEqual({ code: 130, stdout: JSON.stringify(ready) }); // nothing follows it
    expect(stderr.split('\n')).toContain(ready.inspector.url);
    for (const shown of [ready.api.url, ready.api.fingerprint, ready.stateDir, ready.admin.password, 'classic']) {
      expect(stderr).toContain(shown);
    }
    const later = await start(folder, ...ports);
    expect(later.ready.admin.password).toBeNull();
    expect(await later.end()).toMatchObject({ code: 0 });
  });

  test('takes what plugin-host.yaml says of it and of the page, and options win', async () => {
    const folder = makeFolder();
    const password = path.join(folder, 'auditor.txt');
    writeFileSync(password, 'correct horse battery\n');
    chmodSync(password, 0o644);
    writeFileSync(
      path.join(folder, 'plugin-host.yaml'),
      [
        'serve:',
        '  compat: classic',
        '  apiPort: 0',
        '  http: true',
        '  allowHost: api.lab.test',
        '  log: access.log',
        '  users: {auditor: {passwordFile: auditor.txt, privileges: [{path: /api/configuration, access: read}]}}',
        'inspector: {port: 0, keep: 7, allowHost: page.lab.test}',
      ].join('\n'),
    );
    const running = await start(folder, '--compat', 'current');
    const { api, inspector } = running.ready;
    expect(api).toMatchObject({ certificate: null, fingerprint: null, compat: 'current' });
    using client = new RestClient(api.url, undefined);
    await client.logIn('correct horse battery', 'auditor');
    const host = { host: 'api.lab.test' };
    expect((await client.send('GET', '/api/configuration', undefined, host)).status).toBe(200);
    expect((await client.send('GET', '/api/upload', undefined, host)).status).toBe(403);
    using page = new RestClient(new URL(inspector.url).origin, undefined);
    const authorization = `Bearer ${new URL(inspector.url).searchParams.get('token') ?? ''}`;
    const info = await page.send('GET', '/v1/info', undefined, { authorization, host: 'page.lab.test' });
    expect(info).toMatchObject({ status: 200, body: { keep: 7, masked: true } });
    const { stderr } = await running.end();
    expect(stderr).toContain('can be read by other users');
    const [line = ''] = readFileSync(path.join(folder, 'access.log'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ user: 'auditor', path: '/api/authentication', status: 200 });
  });

  test('makes calls again with the package that -p names', async () => {
    const folder = makeFolder();
    const plugin = path.join(folder, 'otp');
    cpSync(path.join(checkout, 'sample-plugins/otp-ts'), plugin, { recursive: true });
    const stateDir = path.join(plugin, '.plugin-host');
    await runHost('invoke', 'authenticate', '-p', 'sample-plugins/otp-ts', '--session', 'demo', '--state', stateDir);
    const source = path.join(plugin, 'main.ts');
    writeFileSync(source, readFileSync(source, 'utf8').replaceAll('One-time password: ', 'Code of the token: '));
    writeFileSync(path.join(plugin, 'plugin-host.yaml'), 'serve: {apiPort: 0, port: 0, http: true}\n');
    const running = await start(folder, '-p', 'otp');
    expect(running.ready.stateDir).toBe(stateDir);
    using page = new RestClient(new URL(running.ready.inspector.url).origin, undefined);
    const authorization = `Bearer ${new URL(running.ready.inspector.url).searchParams.get('token') ?? ''}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const { body } = await page.send('POST', '/v1/sessions/demo/steps/1/replay', {}, headers);
    await running.end();
    expect(body).toMatchObject({ equal: false });
    expect(JSON.stringify((body['steps'] as JsonObject[])[0])).toContain('Code of the token');
  });

  test.each([
    ['NOT_LOOPBACK', 2, ['--host', '0.0.0.0']],
    ['ADMIN_PASSWORD_FILE', 2, ['--admin-password-file', 'none.txt']],
    ['FILE_NOT_FOUND', 2, ['--certificate', 'none.pem', '--key', 'none.pem']],
    ['CERTIFICATE_INVALID', 3, ['--certificate', 'package.json', '--key', 'package.json']],
    ['USAGE', 2, ['--certificate', 'package.json']],
    ['USAGE', 2, ['--http', '--certificate', 'a', '--key', 'b']],
    ['USAGE', 2, ['--admin-password-file', 'a', '--new-admin-password']],
    ['USAGE', 2, ['--session-idle', 'soon']],
  ])('is refused as %s with exit code %i for %j', async (code, exitCode, args) => {
    const stateDir = path.join(makeFolder(), 'state');
    const refused = await runHost('serve', '--state', stateDir, ...ports, ...args);
    expect(refused).toMatchObject({ exitCode, json: { error: { code, hint: expect.any(String) } } });
  });

  test('describes the API and opens nothing', async () => {
    const stateDir = path.join(makeFolder(), 'state');
    const { exitCode, json } = await runHost('serve', '--openapi', '--compat', 'current', '--state', stateDir);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ openapi: '3.1.0', info: { version: 'current' } });
    expect(existsSync(stateDir)).toBe(false);
  });
});
