import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { startInspector } from '../../../src/index.ts';
import { makeFolder, runHost } from '../fixture.ts';

const bin = path.resolve(import.meta.dirname, '../../../bin/plugin-host.js');
const stateDir = path.join(makeFolder(), 'state');

interface Ready {
  url: string;
  port: number;
  token: string;
  stateDir: string;
  pid: number;
}

async function start(
  ...more: string[]
): Promise<{ child: ChildProcessByStdio<null, Readable, Readable>; ready: Ready }> {
  const args = [bin, 'inspect', '--state', stateDir, '--port', '0', '--json', ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ready: JSON.parse(line) as Ready };
}

describe('plugin-host inspect', () => {
  test.each([
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const)('says where it is, and ends at %s with %i although a stream is open', async (signal, code) => {
    const { child, ready } = await start();
    expect(ready).toEqual({
      url: `http://127.0.0.1:${ready.port}/?token=${ready.token}`,
      port: expect.any(Number),
      token: expect.stringMatching(/^[\w-]{43}$/),
      stateDir,
      pid: child.pid,
    });
    const headers = { authorization: `Bearer ${ready.token}` };
    const response = await fetch(`http://127.0.0.1:${ready.port}/v1/events`, { headers });
    expect(response.status).toBe(200);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([code, null]);
    await response.body?.cancel().catch(() => undefined);
  });

  test('leads to a session, which must be there', async () => {
    expect(await runHost('inspect', 'none', '--state', stateDir)).toMatchObject({
      exitCode: 2,
      json: { error: { code: 'SESSION_NOT_FOUND' } },
    });
    await runHost('invoke', 'authenticate', '-p', 'sample-plugins/otp-ts', '--session', 'demo', '--state', stateDir);
    const { child, ready } = await start('demo');
    expect(ready.url).toContain('/sessions/demo?token=');
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  });

  test('does not take a port that is in use', async () => {
    await using other = await startInspector({ stateDir });
    const args = ['inspect', '--state', stateDir, '--port', String(other.port)];
    expect(await runHost(...args)).toMatchObject({ exitCode: 3, json: { error: { code: 'PORT_IN_USE' } } });
    const beyond = await runHost('inspect', '--state', stateDir, '--host', '0.0.0.0');
    expect(beyond).toMatchObject({ exitCode: 2, json: { error: { code: 'NOT_LOOPBACK' } } });
  });
});
