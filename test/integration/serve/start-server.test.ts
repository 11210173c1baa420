import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startServer } from '../../../src/rest/server/start-server.ts';

const basic = (password: string): string => `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;

async function statusOf(url: string, password: string): Promise<number> {
  const { status } = await fetch(`${url}/api/authentication`, { headers: { authorization: basic(password) } });
  return status;
}

test('two servers of one program, each with a state of its own, do not disturb each other', async () => {
  await using one = await startServer({ http: true, adminPassword: 'correct horse' });
  await using other = await startServer({ http: true, compat: 'current' });
  expect(one).toMatchObject({ adminPassword: null, certificate: null, inspectorUrl: null });
  expect(other.adminPassword).toMatch(/^.{20,}$/);
  expect(await statusOf(one.url, 'correct horse')).toBe(200);
  expect(await statusOf(other.url, other.adminPassword ?? '')).toBe(200);
  expect(await statusOf(other.url, 'correct horse')).toBe(401);
});

test('a password is kept as a hash, and shown once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    const first = await startServer({ stateDir: folder, http: true });
    const password = first.adminPassword ?? '';
    await first.close();
    await using second = await startServer({ stateDir: folder, http: true });
    expect(second.adminPassword).toBeNull();
    expect(await statusOf(second.url, password)).toBe(200);
    await expect(startServer({ stateDir: folder })).rejects.toMatchObject({ code: 'STATE_IN_USE' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [{ host: '0.0.0.0' }, 'NOT_LOOPBACK'],
  [{ host: 'example.com' }, 'NOT_LOOPBACK'],
  [{ adminPassword: 'short' }, 'USAGE'],
  [{ certificate: 'x' }, 'USAGE'],
  [{ certificate: 'x', key: 'y' }, 'CERTIFICATE_INVALID'],
])('%o is refused as %s', async (options, code) => {
  await expect(startServer(options)).rejects.toMatchObject({ code });
});

test('a port that is taken is named, and nothing of the start is left', async () => {
  await using one = await startServer({ http: true });
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    const start = startServer({
      stateDir: folder,
      http: true,
      apiPort: Number(new URL(one.url).port),
      adminPassword: 'another one',
    });
    await expect(start).rejects.toMatchObject({ code: 'PORT_IN_USE', hint: expect.stringContaining('--api-port') });
    await using later = await startServer({ stateDir: folder, http: true });
    expect(later.adminPassword).not.toBeNull(); // no password was changed
    expect(existsSync(path.join(folder, 'serve', 'server.pid'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
