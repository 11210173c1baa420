import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlugin } from '../../../../src/index.ts';
import { findInstalledPython } from '../../../../src/project/find-installed-python.ts';
import { resolveHost } from '../../../../src/sps/call/resolve-host.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { makeStateFolder } from '../../../../src/state/make-state-folder.ts';

const plugin = path.resolve(import.meta.dirname, '../../../../sample-plugins/vault');
const isRoot = process.geteuid?.() === 0;
const untrusted = expect.objectContaining({ code: 'STATE_UNTRUSTED' });
let folder = '';
let stateDir = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  stateDir = path.join(folder, 'state');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function resolve(): Promise<unknown> {
  return resolveHost(plugin, { stateDir, environment: {}, currentFolder: folder });
}

/** Every folder of the state, and the state folder itself. */
const places = ['', 'sessions', 'packages', 'python', 'plugin-state', 'ephemeral-plugin-state'];

describe('a state folder that others can write to', () => {
  test.each(places)('is refused, with what mends it: "%s"', async (name) => {
    const place = makeStateFolder(stateDir, name === '' ? 'sessions' : name);
    const open = name === '' ? stateDir : place;
    await expect(resolve()).resolves.toMatchObject({ stateDir });
    chmodSync(open, 0o770);
    await expect(resolve()).rejects.toMatchObject({
      code: 'STATE_UNTRUSTED',
      message: expect.stringContaining(`${open}: can be written to by others (mode 0770)`),
      hint: expect.stringContaining(`\`chmod go-w ${open}\``),
    });
    await expect(openPlugin(plugin, { stateDir })).rejects.toEqual(untrusted);
  });

  test('is refused by the store of sessions itself', async () => {
    makeStateFolder(stateDir, 'sessions');
    const store = new SessionStore(stateDir);
    chmodSync(path.join(stateDir, 'sessions'), 0o777);
    await expect(store.open('demo')).rejects.toEqual(untrusted);
    expect(() => store.list()).toThrow(untrusted);
    expect(() => store.readSteps('demo')).toThrow(untrusted);
    await expect(store.remove('demo')).rejects.toEqual(untrusted);
  });

  test('has no interpreter that is run', () => {
    const environments = makeStateFolder(stateDir, 'python');
    mkdirSync(path.join(environments, 'sdk/bin'), { recursive: true });
    writeFileSync(path.join(environments, 'sdk/bin/python'), '');
    symlinkSync('sdk', path.join(environments, 'current'));
    expect(findInstalledPython(stateDir)).toBe(path.join(environments, 'sdk/bin/python'));
    chmodSync(environments, 0o777);
    expect(findInstalledPython(stateDir)).toBeUndefined();
  });
});

test.runIf(isRoot).each(places)('a state folder of another user is refused: "%s"', async (name) => {
  const place = makeStateFolder(stateDir, name === '' ? 'sessions' : name);
  chownSync(name === '' ? stateDir : place, 65534, 65534);
  await expect(resolve()).rejects.toMatchObject({
    code: 'STATE_UNTRUSTED',
    message: expect.stringContaining('belongs to another user (65534)'),
    hint: expect.stringContaining('--state'),
  });
});

describe('a link in the place of a session', () => {
  test('is not followed, and can be removed', async () => {
    const target = path.join(folder, 'made-by-a-link');
    const sessions = makeStateFolder(stateDir, 'sessions');
    symlinkSync(target, path.join(sessions, 'demo.db'));
    const store = new SessionStore(stateDir);
    const refused = expect.objectContaining({ code: 'STORE_UNREADABLE', message: expect.stringContaining('a link') });
    await expect(store.open('demo')).rejects.toEqual(refused);
    expect(() => store.readSteps('demo')).toThrow(refused);
    expect(existsSync(target)).toBe(false);
    writeFileSync(target, 'what it leads to');
    await store.remove('demo');
    expect(store.list()).toEqual([]);
    expect(existsSync(target)).toBe(true);
  });

  test('nor in that of a file beside it', async () => {
    const sessions = makeStateFolder(stateDir, 'sessions');
    symlinkSync(path.join(folder, 'log'), path.join(sessions, 'demo.db-wal'));
    await expect(new SessionStore(stateDir).open('demo')).rejects.toMatchObject({ code: 'STORE_UNREADABLE' });
    expect(existsSync(path.join(folder, 'log'))).toBe(false);
  });
});
