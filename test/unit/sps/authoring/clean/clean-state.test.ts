import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanState } from '../../../../../src/sps/authoring/clean/clean-state.ts';
import { SessionStore } from '../../../../../src/sps/store/session-store.ts';
import { takeOwnerLock } from '../../../../../src/state/owner-lock.ts';

let stateDir: string;
let store: SessionStore;
const packageName = 'a'.repeat(64);

beforeEach(async () => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  store = new SessionStore(stateDir);
  for (const name of ['named', 'unnamed']) {
    const session = await store.open(name, { first: { origin: 'simulate' } });
    session.close();
  }
  put(`packages/${packageName}/main.py`, 0o400);
  put('python/sdk-1-py3/bin/python');
  symlinkSync('sdk-1-py3', path.join(stateDir, 'python/current'));
  put('ephemeral-plugin-state/otp/file');
  put('plugin-state/otp/file');
  put('serve/certificate.pem');
  put('gateway/ssh_host_ed25519_key');
});

afterEach(() => {
  rmSync(stateDir, { recursive: true, force: true });
});

function put(name: string, mode = 0o600): void {
  const file = path.join(stateDir, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'text', { mode });
}

const isThere = (name: string) => existsSync(path.join(stateDir, name));
const clean = (more: { isAll?: boolean; isDryRun?: boolean; before?: number } = {}) =>
  cleanState({
    store,
    shared: undefined,
    before: Date.now() + 1000,
    isAll: false,
    isDryRun: false,
    isUnnamed: (name) => name === 'unnamed',
    ...more,
  });

test('unnamed sessions, packages and leftovers go; named sessions, environments, keys and what plugins keep stay', async () => {
  const { removed, bytes, dryRun } = await clean();
  expect(dryRun).toBe(false);
  expect(removed.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'session unnamed',
    `package ${packageName}`,
    'leftover ephemeral-plugin-state/otp',
  ]);
  expect(bytes).toBe(removed.reduce((sum, each) => sum + each.bytes, 0));
  expect(store.names()).toEqual(['named']);
  expect(isThere(`packages/${packageName}`)).toBe(false);
  for (const kept of [
    'python/current/bin/python',
    'plugin-state/otp/file',
    'serve/certificate.pem',
    'gateway/ssh_host_ed25519_key',
  ])
    expect(isThere(kept)).toBe(true);
});

test('a dry run removes nothing and says what would be', async () => {
  const dry = await clean({ isAll: true, isDryRun: true });
  expect(dry.dryRun).toBe(true);
  expect(store.names()).toEqual(['named', 'unnamed']);
  expect((await clean({ isAll: true })).removed).toEqual(dry.removed);
});

test('all takes named sessions and environments too, and still no key', async () => {
  const { removed } = await clean({ isAll: true });
  expect(removed.filter(({ kind }) => kind === 'environment')).toHaveLength(1);
  expect(store.names()).toEqual([]);
  expect(isThere('python/current')).toBe(false);
  expect(isThere('serve/certificate.pem')).toBe(true);
});

test('what was used since stays', async () => {
  const old = path.join(stateDir, 'packages', packageName);
  utimesSync(old, 0, 0);
  const { removed } = await clean({ before: Date.now() - 3_600_000 });
  expect(removed.map(({ name }) => name)).toEqual([packageName]);
});

test('while a process works on the folder, its packages stay', async () => {
  const owner = takeOwnerLock(stateDir);
  expect((await clean()).removed.map(({ kind }) => kind)).toEqual(['session']);
  owner.release();
});

test('a session whose call is running stays', async () => {
  const held = await store.open('unnamed');
  expect((await clean()).removed.map(({ kind }) => kind)).not.toContain('session');
  held.close();
});
