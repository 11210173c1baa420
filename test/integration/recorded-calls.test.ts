import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';
import { Recorder } from '../../src/sps/recording/recorder.ts';
import { takeInspectorLock } from '../../src/sps/recording/take-inspector-lock.ts';
import { MemorySession } from '../../src/sps/store/memory-session.ts';
import type { SessionState } from '../../src/sps/store/session-state.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';
import { makeFolder, runHost } from './fixture.ts';

const otp = path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts');
const folder = makeFolder();
const answers = { key_value_pairs: { otp: '123456' } };

function listOf(stateDir: string): [string | null, number, string | null][] {
  return new SessionStore(stateDir).list().map(({ origin, steps, ended }) => [origin, steps, ended]);
}

describe('calls that would leave nothing', () => {
  test('leave nothing while no inspector is open, nor after one was killed', async () => {
    const stateDir = path.join(folder, 'without');
    mkdirSync(path.join(stateDir, 'inspectors'), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(stateDir, 'inspectors/00000000-0000-4000-8000-000000000000'), '');
    await runHost('invoke', 'authenticate', '-p', otp, '--state', stateDir);
    expect(listOf(stateDir)).toEqual([]);
  });

  test('are sessions while an inspector is open: of the library one for each plugin and session', async () => {
    const stateDir = path.join(folder, 'library');
    using inspector = takeInspectorLock(stateDir);
    expect(inspector.id).not.toBe('');
    await using plugin = await openPlugin(otp, { stateDir });
    const alone = await plugin.call('authenticate', answers);
    await Promise.all([plugin.call('authenticate', answers), plugin.call('authorize')]);
    await using session = await openSession({ aa: plugin });
    await session.call('authenticate', answers);
    await session.end();
    await session.close();
    await plugin.close();
    expect(alone.session).toBeNull();
    expect(listOf(stateDir).sort((one, other) => other[1] - one[1])).toEqual([
      ['library', 3, null],
      ['library', 2, 'closed'],
    ]);
  });

  test('are under way until they are over, also when one follows at once', async () => {
    const stateDir = path.join(folder, 'following');
    using inspector = takeInspectorLock(stateDir);
    expect(inspector.id).not.toBe('');
    const recorder = new Recorder({ stateDir }, 'library');
    const begin = async (): Promise<SessionState> => {
      const state = (await recorder.watch(new MemorySession())) ?? new MemorySession();
      await state.begin({ hook: 'authenticate', plugin: 'Test', startedAt: '2026-01-01T00:00:00.000Z' });
      return state;
    };
    const first = await begin();
    await first.commit(changeOf());
    await first.close();
    const second = await begin();
    await recorder.settled();
    const store = new SessionStore(stateDir);
    expect(store.readSteps(recorder.name)).toHaveLength(1);
    expect(store.callUnderWay(recorder.name)).toMatchObject({ n: 2 });
    await second.close();
    await recorder.settled();
    expect(store.callUnderWay(recorder.name)).toBeUndefined();
  });

  test('are hidden from `session ls` without --all, and otherwise sessions like all others', async () => {
    const stateDir = path.join(folder, 'command');
    using inspector = takeInspectorLock(stateDir);
    expect(inspector.id).not.toBe('');
    const state = ['--state', stateDir];
    await runHost('invoke', 'authenticate', '-p', otp, '--answer', 'otp=123456', ...state);
    await runHost('invoke', 'authenticate', '-p', otp, '--session', 'named', ...state);
    const list = async (...more: string[]): Promise<string[]> => {
      const { json } = await runHost<{ name: string }[]>('session', 'ls', ...state, ...more);
      return json.map(({ name }) => name);
    };
    expect(await list()).toEqual(['named']);
    const hidden = (await list('--all')).find((name) => name.startsWith('_')) ?? '';
    expect(hidden).toMatch(/^_invoke-\d{8}-\d{6}-[a-z0-9]{4}$/);
    expect((await runHost('session', 'replay', hidden, ...state)).json).toMatchObject({ equal: true });
    await runHost('session', 'rm', hidden, ...state);
    expect(await list('--all')).toEqual(['named']);
  });

  test('of a test are a session for each case', async () => {
    const stateDir = path.join(folder, 'tests');
    const file = path.join(folder, 'otp.plugin-test.yaml');
    const step = { hook: 'authenticate', answers: { otp: '123456' } };
    const cases = [
      { name: 'one', ...step },
      { name: 'two', steps: [step, { hook: 'session_ended' }] },
    ];
    writeFileSync(file, JSON.stringify({ plugin: otp, cases }));
    using inspector = takeInspectorLock(stateDir);
    expect(inspector.id).not.toBe('');
    await runHost('test', file, '--state', stateDir);
    expect(listOf(stateDir).sort((one, other) => one[1] - other[1])).toEqual([
      ['test', 1, null],
      ['test', 2, null],
    ]);
  });
});
