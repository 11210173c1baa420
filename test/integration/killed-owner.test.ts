import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { lockFile } from '../../src/state/lock-file.ts';
import { isOwnerAlive } from '../../src/state/owner-lock.ts';

const source = (file: string): string => JSON.stringify(path.resolve(import.meta.dirname, '../../src', file));
let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(stateDir, { recursive: true });
});

/** Runs a program that says one line and waits to be killed. */
async function startProgram(program: string): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '-e', `${program}\nsetInterval(() => {}, 1e6);`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.add(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, line };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('an owner that is killed is dead at once, though a child of it lives on', async () => {
  const { child, line } = await startProgram(`
    import { spawn } from 'node:child_process';
    import { takeOwnerLock } from ${source('state/owner-lock.ts')};
    const owner = takeOwnerLock(${JSON.stringify(stateDir)});
    const left = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    console.log(owner.id, left.pid);
  `);
  const [id = '', left = ''] = line.split(' ');
  try {
    expect(isOwnerAlive(stateDir, id)).toBe(true);
    await kill(child);
    expect(isOwnerAlive(stateDir, id)).toBe(false);
  } finally {
    process.kill(Number(left), 'SIGKILL');
  }
});

test('a session whose host was killed in a call has not ended, has no call under way, and goes on', async () => {
  const { child } = await startProgram(`
    import { SessionStore } from ${source('sps/store/session-store.ts')};
    import { takeOwnerLock } from ${source('state/owner-lock.ts')};
    const owner = takeOwnerLock(${JSON.stringify(stateDir)});
    const first = { origin: 'simulate', owner: owner.id };
    const session = await new SessionStore(${JSON.stringify(stateDir)}).open('demo', { first });
    session.begin({ hook: 'authenticate', plugin: 'Test', startedAt: '2026-01-01T00:00:00.000Z' });
    console.log('begun');
  `);
  const store = new SessionStore(stateDir);
  const running = store.readFacts('demo');
  expect(running).toMatchObject({ origin: 'simulate', ended: null });
  expect(store.isRunning(running)).toBe(true);
  expect(store.callUnderWay('demo')).toMatchObject({ n: 1, hook: 'authenticate', plugin: 'Test' });
  await kill(child);
  expect(store.isRunning(store.readFacts('demo'))).toBe(false);
  expect(store.callUnderWay('demo')).toBeUndefined();
  (await store.open('demo')).close();
});

test('a lock stays locked for other processes when the process that holds it asks for it again', async () => {
  const file = path.join(stateDir, 'lock');
  const lock = lockFile(file);
  expect(lockFile(file)).toBeUndefined();
  const { child, line } = await startProgram(`
    import { lockFile } from ${source('state/lock-file.ts')};
    console.log(lockFile(${JSON.stringify(file)}) === undefined ? 'held' : 'free');
  `);
  await kill(child);
  expect(line).toBe('held');
  lock?.release();
});
