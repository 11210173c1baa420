import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import type { Target } from '../../../src/targets/running/target.ts';
import { makeFolder, runCommand, runHost } from '../fixture.ts';

async function startSsh(): Promise<Target> {
  const target = await startTarget({ ssh: { banner: 'OpenSSH_9.2p1' } });
  onTestFinished(() => target.close());
  return target;
}

/** As `ssh-keygen -l` has it. */
function fingerprintOf(key: string): string {
  const blob = Buffer.from(key.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

describe('platform hostkey', () => {
  test('prints what HostKey takes, and its fingerprint beside it', async () => {
    const target = await startSsh();
    const key = target.hostKey ?? '';
    const place = `127.0.0.1:${target.loopbackPort}`;
    const { stdout, stderr, exitCode } = await runCommand(['platform', 'hostkey', place]);
    expect({ stdout, exitCode }).toEqual({ stdout: `${key}\n`, exitCode: 0 });
    expect(stderr).toBe(
      `Emulated: this is not the appliance.\n${fingerprintOf(key)}  ${key.split(' ')[0]}  OpenSSH_9.2p1\n`,
    );
    const { json } = await runHost('platform', 'hostkey', place);
    expect(json).toEqual({
      host: '127.0.0.1',
      port: target.loopbackPort,
      type: key.split(' ')[0],
      key,
      fingerprint: fingerprintOf(key),
      software: 'OpenSSH_9.2p1',
    });
  });

  test('goes where --connect-to and plugin-host.yaml say', async () => {
    const target = await startSsh();
    const to = `127.0.0.1:${target.loopbackPort}`;
    const told = await runCommand(['platform', 'hostkey', 'host.example', '--connect-to', `host.example:22:${to}`]);
    expect(told).toMatchObject({ stdout: `${target.hostKey}\n`, exitCode: 0 });
    const file = path.join(makeFolder(), 'plugin-host.yaml');
    writeFileSync(file, `platform: {connectTo: ['::${to}']}\n`);
    const written = await runCommand(['platform', 'hostkey', 'other.example', '--host-config', file]);
    expect(written).toMatchObject({ stdout: `${target.hostKey}\n`, exitCode: 0 });
  });

  test.each([
    ['192.0.2.1', 2, 'TARGET_NOT_ALLOWED', '--allow 192.0.2.1:22'],
    ['127.0.0.1:1', 1, 'TARGET_UNREACHABLE', 'whether something listens'],
    ['127.0.0.1:99999', 2, 'USAGE', 'hostkey host.example'],
    ['user@host', 2, 'USAGE', 'hostkey host.example'],
  ])('of %s is refused', async (place, exitCode, code, hint) => {
    const run = await runHost('platform', 'hostkey', place);
    expect(run).toMatchObject({ exitCode, json: { error: { code, hint: expect.stringContaining(hint) } } });
  });
});
