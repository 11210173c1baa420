import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createSelfSigned } from '../../../src/certificates/create-self-signed.ts';
import { startServer } from '../../../src/rest/server/start-server.ts';
import { makeFolder } from '../fixture.ts';
import { RestClient } from './rest-client.ts';

const basic = (password: string): string => `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;

async function statusOf(url: string, password: string): Promise<number> {
  const { status } = await fetch(`${url}/api/authentication`, { headers: { authorization: basic(password) } });
  return status;
}

test('two servers of one program, each with a state of its own, do not disturb each other', async () => {
  await using one = await startServer({ stateDir: makeFolder(), http: true, adminPassword: 'correct horse' });
  await using other = await startServer({ stateDir: makeFolder(), http: true, compat: 'current' });
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
    await second.close();
    await using third = await startServer({ stateDir: folder, http: true, newAdminPassword: true });
    expect(third.adminPassword).toMatch(/^.{20,}$/);
    expect(await statusOf(third.url, password)).toBe(401);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [{ host: '0.0.0.0' }, 'NOT_LOOPBACK'],
  [{ host: 'example.com' }, 'NOT_LOOPBACK'],
  [{ adminPassword: 'short' }, 'USAGE'],
  [{ adminPassword: 'long enough', newAdminPassword: true }, 'USAGE'],
  [{ users: { admin: { password: 'long enough', privileges: [] } } }, 'USAGE'],
  [{ users: { auditor: { password: 'short', privileges: [] } } }, 'USAGE'],
  [{ users: { auditor: { privileges: [] } } }, 'USAGE'],
  [{ adminPasswordFile: 'none.txt' }, 'ADMIN_PASSWORD_FILE'],
  [{ adminPassword: 'long enough', adminPasswordFile: 'none.txt' }, 'USAGE'],
  [{ users: { auditor: { passwordFile: 'none.txt', privileges: [] } } }, 'ADMIN_PASSWORD_FILE'],
  [{ http: true, certificate: 'x', key: 'y' }, 'USAGE'],
  [{ certificate: 'x' }, 'USAGE'],
  [{ certificate: 'x', key: 'y' }, 'CERTIFICATE_INVALID'],
])('%o is refused as %s', async (options, code) => {
  await expect(startServer({ stateDir: makeFolder(), ...options })).rejects.toMatchObject({ code });
});

test('passwords and the certificate may be in files, and further names in a list', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  const fileOf = (name: string, content: string, mode = 0o600): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content, { mode });
    return file;
  };
  try {
    const { cert, key } = createSelfSigned(['localhost', '127.0.0.1'], new Date(), 30);
    const lines: string[] = [];
    await using server = await startServer({
      stateDir: makeFolder(),
      certificate: fileOf('own.pem', cert),
      key: fileOf('own.key', key),
      adminPasswordFile: fileOf('admin.txt', 'correct horse\n'),
      users: {
        auditor: {
          passwordFile: fileOf('auditor.txt', 'battery staple\n', 0o644),
          privileges: [{ path: '/api/configuration', access: 'read' }],
        },
      },
      allowHost: 'sps.lab.test',
      log: (line) => lines.push(line),
    });
    expect(server).toMatchObject({ certificate: cert, adminPassword: null });
    using admin = new RestClient(server.url, cert);
    expect((await admin.logIn('correct horse')).status).toBe(200);
    using auditor = new RestClient(server.url, cert);
    await auditor.logIn('battery staple', 'auditor');
    const host = { host: 'sps.lab.test' };
    expect((await auditor.send('GET', '/api/configuration', undefined, host)).status).toBe(200);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warning',
      code: 'PASSWORD_FILE_READABLE',
      message: expect.stringContaining('auditor.txt'),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[string, (line: string) => unknown]>([
  [
    'throws',
    () => {
      throw new Error('the disk is full');
    },
  ],
  ['breaks its promise', async () => Promise.reject(new Error('the disk is full'))],
])('a log that %s ends neither the server nor a commit', async (_, log) => {
  await using server = await startServer({ stateDir: makeFolder(), http: true, adminPassword: 'correct horse', log });
  using client = new RestClient(server.url, undefined);
  await client.logIn('correct horse');
  await client.send('POST', '/api/transaction');
  // A warning of the commit is a line too.
  await client.create('/api/configuration/policies/userlists', { name: 'people', unknown: true });
  expect(await client.send('PUT', '/api/transaction')).toMatchObject({ status: 200 });
  expect(await client.send('GET', '/api/configuration/policies/userlists')).toMatchObject({
    body: { items: [expect.anything()] },
  });
});

test('a port that is taken is named, and nothing of the start is left', async () => {
  await using one = await startServer({ stateDir: makeFolder(), http: true });
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

test.each([
  [
    'is damaged',
    'STATE_DAMAGED',
    (file: string) => {
      writeFileSync(file, 'not a database, whatever its length '.repeat(300));
    },
  ],
  [
    'was written by a newer plugin-host',
    'STATE_TOO_NEW',
    (file: string) => {
      setFormat(file, 99);
    },
  ],
])('a configuration that %s is refused as %s, and left as it is', async (_, code, change) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    await (await startServer({ stateDir: folder, http: true })).close();
    const file = path.join(folder, 'serve', 'configuration.db');
    change(file);
    const before = readFileSync(file);
    await expect(startServer({ stateDir: folder, http: true })).rejects.toMatchObject({ code });
    expect(readFileSync(file).equals(before)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function setFormat(file: string, format: number): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA user_version = ${format}; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
}

test('many slow clients do not keep another one waiting', async () => {
  await using server = await startServer({ stateDir: makeFolder(), http: true, adminPassword: 'correct horse' });
  const { hostname, port } = new URL(server.url);
  const slow = Array.from({ length: 256 }, () =>
    connect({ host: hostname, port: Number(port) }).on('error', () => undefined),
  );
  for (const socket of slow) socket.write('POST /api/transaction HTTP/1.1\r\nHost: localhost\r\n');
  expect(await statusOf(server.url, 'correct horse')).toBe(200);
  for (const socket of slow) socket.destroy();
});
