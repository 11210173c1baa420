import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDistrust, isOutOfReach } from '../../../src/state/find-distrust.ts';

const self = process.geteuid?.() ?? 0;
const isRoot = self === 0;
const nobody = 65534;
/** To whom what `disown` has touched is another user's: root can give files away, others can only look with another's eyes. */
const other = isRoot ? self : self + 1;
let folder = '';

function disown(file: string): void {
  if (isRoot) chownSync(file, nobody, nobody);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('what another user may have put somewhere', () => {
  test('is nothing in a folder of our own, of root, or in none', () => {
    expect(findDistrust(folder)).toBeUndefined();
    expect(findDistrust('/')).toBeUndefined();
    expect(findDistrust(path.join(folder, 'none'))).toBeUndefined();
  });

  test('is what belongs to that user', () => {
    disown(folder);
    expect(findDistrust(folder, other)).toBe(`belongs to another user (${isRoot ? nobody : self})`);
  });

  test.each([
    [0o777, '0777'],
    [0o1777, '1777'],
    [0o770, '0770'],
  ])('is what lies in a folder of mode %o', (mode, shown) => {
    chmodSync(folder, mode);
    expect(findDistrust(folder)).toBe(`can be written to by others (mode ${shown})`);
  });

  test('is what a link of ours leads to as much as the link', () => {
    const [target, link] = [path.join(folder, 'target'), path.join(folder, 'link')];
    mkdirSync(target);
    symlinkSync(target, link);
    expect(findDistrust(link)).toBeUndefined();
    chmodSync(target, 0o777);
    expect(findDistrust(link)).toContain('0777');
  });

  test('is no file of ours in a folder of ours, whatever its mode', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o666);
    expect(findDistrust(file)).toBeUndefined();
  });
});

describe('a folder that nobody else can change', () => {
  test('is our own in folders of ours and of root, which may be sticky', () => {
    expect(isOutOfReach(folder)).toBe(true);
  });

  test('is not one of another user', () => {
    disown(folder);
    expect(isOutOfReach(folder, other)).toBe(false);
  });

  test.each([0o777, 0o770])('is not one of mode %o, nor what lies in one', (mode) => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    chmodSync(folder, mode);
    expect(isOutOfReach(folder)).toBe(false);
    expect(isOutOfReach(inner)).toBe(false);
  });

  test('is no link to one, no file, and there', () => {
    const [link, file] = [path.join(folder, 'link'), path.join(folder, 'file')];
    mkdirSync(path.join(folder, 'target'), { mode: 0o700 });
    symlinkSync(path.join(folder, 'target'), link);
    writeFileSync(file, '');
    expect([link, file, path.join(folder, 'none')].map((each) => isOutOfReach(each))).toEqual([false, false, false]);
  });
});
