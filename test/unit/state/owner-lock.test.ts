import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLocked, lockFile } from '../../../src/state/lock-file.ts';
import { makeStateFolder } from '../../../src/state/make-state-folder.ts';
import { isOwnerAlive, takeOwnerLock } from '../../../src/state/owner-lock.ts';

let stateDir = '';
const owners = (): string[] => readdirSync(path.join(stateDir, 'owners'));

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

describe('an owner', () => {
  test('lives until it releases its lock, and leaves nothing', () => {
    const owner = takeOwnerLock(stateDir);
    expect(isOwnerAlive(stateDir, owner.id)).toBe(true);
    owner.release();
    owner.release();
    expect(isOwnerAlive(stateDir, owner.id)).toBe(false);
    expect(owners()).toEqual([]);
  });

  test('is one of several, each with a lock of its own', () => {
    using one = takeOwnerLock(stateDir);
    using other = takeOwnerLock(stateDir);
    expect(one.id).not.toBe(other.id);
    expect(isOwnerAlive(stateDir, one.id)).toBe(true);
    expect(isOwnerAlive(stateDir, other.id)).toBe(true);
  });

  test('that left its file is dead, and its file goes when the next one comes', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    writeFileSync(path.join(makeStateFolder(stateDir, 'owners'), id), '');
    expect(isOwnerAlive(stateDir, id)).toBe(false);
    using owner = takeOwnerLock(stateDir);
    expect(owners()).toEqual([owner.id]);
  });

  test.each(['', '../sessions/demo.db', 'nobody'])('of a name that is none is dead: "%s"', (id) => {
    expect(isOwnerAlive(stateDir, id)).toBe(false);
  });
});

describe('the lock of a file', () => {
  test('is had by one at a time, and asking for it does not take it', () => {
    const file = path.join(stateDir, 'lock');
    expect(isLocked(file)).toBe(false);
    const lock = lockFile(file);
    expect(lockFile(file)).toBeUndefined();
    expect(isLocked(file)).toBe(true);
    expect(isLocked(file)).toBe(true);
    lock?.release();
    expect(isLocked(file)).toBe(false);
    lockFile(file)?.release();
  });
});
