import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startServer } from '../../../src/index.ts';
import { makeFolder, runHost } from '../fixture.ts';

test('the library starts the API and the page of one state folder, and ends both', async () => {
  await using server = await startServer({ http: true, adminPassword: 'correct horse' });
  const page = server.inspectorUrl ?? '';
  const answer = await fetch(page, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  const login = { headers: { authorization: `Basic ${Buffer.from('admin:correct horse').toString('base64')}` } };
  expect((await fetch(`${server.url}/api/authentication`, login)).status).toBe(200);
  await server.close();
  await expect(fetch(page)).rejects.toThrow();
  await expect(fetch(`${server.url}/api`)).rejects.toThrow();
});

test('a page whose port is taken leaves no API', async () => {
  await using one = await startServer({ http: true });
  const port = Number(new URL(one.inspectorUrl ?? '').port);
  await expect(startServer({ http: true, port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
});

test('a page whose port is taken leaves the password as it was', async () => {
  await using one = await startServer({ http: true });
  const port = Number(new URL(one.inspectorUrl ?? '').port);
  const stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    await expect(startServer({ http: true, port, stateDir })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await using later = await startServer({ http: true, stateDir });
    expect(later.adminPassword).not.toBeNull(); // nobody has seen the one of the start that failed
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});

test('calls that are made again in the page have the services of the program', async () => {
  const stateDir = path.join(makeFolder(), 'state');
  const cookie = JSON.stringify({ ask: ['user_list', 'vips', 'wsmith'] });
  const args = ['-p', 'test/fixtures/plugins/asks-services/typescript', '--state', stateDir, '--cookie', cookie];
  await runHost('invoke', 'get_password_list', ...args, '--session', 'demo');
  await using server = await startServer({
    stateDir,
    http: true,
    services: { userLists: { vips: { default: 'none', except: ['wsmith'] } } },
  });
  const { origin, searchParams } = new URL(server.inspectorUrl ?? '');
  const answer = await fetch(`${origin}/v1/sessions/demo/steps/1/replay`, {
    method: 'POST',
    body: '{}',
    headers: { authorization: `Bearer ${searchParams.get('token') ?? ''}`, 'content-type': 'application/json' },
  });
  const { steps } = (await answer.json()) as { steps: object[] };
  expect(JSON.stringify(steps)).toContain('LocalUserListNotFound'); // recorded without them
  expect(steps).toMatchObject([{ equal: false, replayed: { cookie: { after: { answer: true } } } }]);
});
