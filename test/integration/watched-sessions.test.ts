import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { watchSessions } from '../../src/sps/store/watch-sessions.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';

const changes = 50;
const source = (file: string): string => JSON.stringify(path.resolve(import.meta.dirname, '../..', file));
let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

test('each change of a session is noticed by another process, within 200 ms on an idle machine', async ({
  annotate,
}) => {
  const store = new SessionStore(stateDir);
  const lags: number[] = [];
  let seen = 0;
  const watch = watchSessions(stateDir, () => {
    const steps = store.has('demo') ? store.readSteps('demo') : [];
    for (const { startedAt } of steps.slice(seen)) lags.push(Date.now() - Date.parse(startedAt));
    seen = steps.length;
  });
  // The other process calls, and waits until its change is seen before it makes the next one.
  const child = spawn(
    process.execPath,
    [
      '--input-type=module-typescript',
      '-e',
      `
      import { once } from 'node:events';
      import { SessionStore } from ${source('src/sps/store/session-store.ts')};
      import { changeOf } from ${source('test/unit/sps/session/call-record.ts')};
      const store = new SessionStore(${JSON.stringify(stateDir)});
      for (let n = 1; n <= ${changes}; n += 1) {
        const session = await store.open('demo');
        session.begin({ hook: 'authenticate', plugin: 'Test', startedAt: new Date().toISOString() });
        const { step, ...change } = changeOf({ n });
        session.commit({ ...change, step: { ...step, startedAt: new Date().toISOString() } });
        console.log(n);
        await once(process.stdin, 'data');
      }
      process.stdin.destroy();
      `,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const exited = once(child, 'exit');
    for await (const line of createInterface(child.stdout)) {
      await vi.waitFor(() => {
        expect(seen).toBe(Number(line));
      }, patience);
      child.stdin.write('\n');
    }
    await exited;
  } finally {
    watch.close();
    child.kill('SIGKILL');
  }
  expect(lags).toHaveLength(changes);
  lags.sort((one, other) => one - other);
  await annotate(`noticed and read after ${lags[changes / 2] ?? 0} ms (median), ${lags.at(-1) ?? 0} ms at most`);
});

const patience = { timeout: 30_000, interval: 1 };

describe('who watches the sessions of a state folder', () => {
  test('is told of calls that begin, of facts and of removals, by the name of the session', async () => {
    const store = new SessionStore(stateDir);
    const names: (string | undefined)[] = [];
    const watch = watchSessions(stateDir, (name) => names.push(name));
    const told = async (): Promise<void> => {
      await vi.waitFor(() => {
        expect(names).toContain('de.mo');
      }, patience);
      names.length = 0;
    };
    try {
      const session = await store.open('de.mo');
      session.begin({ hook: 'authorize', plugin: 'Test', startedAt: '2026-01-01T00:00:00.000Z' });
      await told();
      expect(store.callUnderWay('de.mo')).toMatchObject({ n: 1, hook: 'authorize' });
      session.commit(changeOf());
      await told();
      expect(store.callUnderWay('de.mo')).toBeUndefined();
      (await store.open('de.mo')).tell({ gatewayUser: 'wsmith' });
      await told();
      expect(store.readFacts('de.mo')).toMatchObject({ gatewayUser: 'wsmith' });
      await store.remove('de.mo');
      await told();
    } finally {
      watch.close();
    }
  });

  test('is told that anything may have changed once the folder was removed', async () => {
    const store = new SessionStore(stateDir);
    const names: (string | undefined)[] = [];
    const watch = watchSessions(stateDir, (name) => names.push(name));
    try {
      rmSync(path.join(stateDir, 'changes'), { recursive: true });
      await vi.waitFor(() => {
        expect(names).toContain(undefined);
      }, patience);
      names.length = 0;
      (await store.open('demo')).commit(changeOf());
      await vi.waitFor(() => {
        expect(names).toContain('demo');
      }, patience);
    } finally {
      watch.close();
    }
  });
});
