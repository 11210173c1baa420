import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../src/inspector/filter/parse-filter.ts';
import type { SessionElement } from '../../../../src/inspector/sessions/session-element.ts';
import { SessionIndex } from '../../../../src/inspector/sessions/session-index.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { createSigns } from '../../../../src/sps/store/watch-sessions.ts';
import { changeOf } from '../../sps/session/call-record.ts';

let stateDir = '';
let store: SessionStore;
let kept = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  store = new SessionStore(stateDir);
  kept = path.join(stateDir, 'sessions/index.json');
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

function addStep(name: string, secret: string): void {
  const change = changeOf();
  store.record(name, { origin: 'library', gatewayUser: `${secret}-user` }, createSigns(stateDir, name), (session) => {
    session.commit({ ...change, step: { ...change.step, secrets: { values: [secret], names: [] } } });
  });
}

async function makeSessions(count: number): Promise<void> {
  (await store.open('s-0')).close(); // makes the folder
  for (let number = 0; number < count; number += 1) addStep(`s-${number}`, 's3cr3t-value');
  const isLong = new Date(Date.now() - 60_000);
  const files = readdirSync(path.join(stateDir, 'sessions'));
  for (const file of files) utimesSync(path.join(stateDir, 'sessions', file), isLong, isLong);
}

/** What an inspector shows, once it has read everything. */
async function show(q: string, { showSecrets = false } = {}): Promise<SessionElement[]> {
  const index = await SessionIndex.open({
    store: new SessionStore(stateDir),
    keptIn: stateDir,
    showSecrets,
    keep: 500,
  });
  try {
    await index.find(parseFilter('anything'), 0, 0);
    return (await index.find(parseFilter(q), 0, 1000)).sessions;
  } finally {
    index.close();
  }
}

describe('the index of the sessions', () => {
  test('lists sessions whole before all of their steps have been read', async () => {
    await makeSessions(5);
    const index = await SessionIndex.open({
      store: new SessionStore(stateDir),
      keptIn: stateDir,
      showSecrets: false,
      keep: 500,
    });
    const { matched, sessions } = await index.find(parseFilter(''), 1, 2);
    expect(matched).toBe(5);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ name: 's-1', steps: 1, verdict: 'NONE', plugins: [{ name: 'Test' }] });
    expect(await index.count()).toBe(5);
    index.close();
    expect(existsSync(kept)).toBe(false);
  });

  test('is kept masked for the next one, and holds for files that are as they were', async () => {
    await makeSessions(120);
    expect(await show('s-7')).toMatchObject([{ gatewayUser: '***-user' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]);
    const text = readFileSync(kept, 'utf8');
    expect(text).not.toContain('s3cr3t-value');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(stateDir, 'sessions'))).toHaveLength(121);
    writeFileSync(kept, text.replaceAll('"verdict":"NONE"', '"verdict":"KEPT"'));
    addStep('s-8', 'user');
    const shown = await show('');
    expect(shown.filter(({ verdict }) => verdict === 'KEPT')).toHaveLength(119);
    expect(shown.find(({ name }) => name === 's-8')).toMatchObject({
      steps: 2,
      verdict: 'NONE',
      gatewayUser: '***-***',
    });
    expect(await show('s-119', { showSecrets: true })).toMatchObject([
      { verdict: 'NONE', gatewayUser: 's3cr3t-value-user' },
    ]);
  });

  test.each(['', '{"format":1,"entries":[{}]}', '{"format":2}'])(
    'does without what is kept when that is %j',
    async (text) => {
      await makeSessions(1);
      writeFileSync(kept, text);
      expect(await show('')).toMatchObject([{ name: 's-0', verdict: 'NONE' }]);
    },
  );

  test('is not kept when a session is removed, of which it tells', async () => {
    await makeSessions(120);
    await show('');
    expect(existsSync(kept)).toBe(true);
    await store.remove('s-5');
    expect(existsSync(kept)).toBe(false);
    expect(await show('session:s-5')).toEqual([]);
  });

  test('goes on from what is kept: a further step is told, and what is then secret is masked', async () => {
    await makeSessions(120);
    await show('');
    const index = await SessionIndex.open({
      store: new SessionStore(stateDir),
      keptIn: stateDir,
      showSecrets: false,
      keep: 500,
    });
    await index.find(parseFilter(''), 0, 1);
    addStep('s-3', 'library');
    await expect.poll(() => index.events.last).toBe(2);
    index.close();
    const events = index.events.after(0, 10) ?? [];
    expect(events).toMatchObject([
      { type: 'step', data: { session: 's-3', step: { n: 2 } } },
      { type: 'session', data: { name: 's-3', steps: 2, durationMs: 2 } },
    ]);
  });
});
