import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findUserCache } from '../../../src/state/find-user-cache.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('compiled code', () => {
  test('is kept in a folder of the user that nobody else comes into', () => {
    const folder = path.join(home, '.cache/plugin-host');
    expect(findUserCache({ HOME: home, TMPDIR: '/tmp' })).toBe(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(findUserCache({ HOME: home })).toBe(folder);
  });

  test('is kept where XDG_CACHE_HOME says, if that is absolute', () => {
    const caches = path.join(home, 'caches');
    expect(findUserCache({ HOME: home, XDG_CACHE_HOME: caches })).toBe(path.join(caches, 'plugin-host'));
    expect(findUserCache({ HOME: home, XDG_CACHE_HOME: 'caches' })).toBe(path.join(home, '.cache/plugin-host'));
  });

  test.each([
    [
      'which others can write to',
      (folder: string) => {
        mkdirSync(folder, { recursive: true });
        chmodSync(folder, 0o777);
      },
    ],
    [
      'in one which others can write to',
      (folder: string) => {
        mkdirSync(folder, { recursive: true });
        chmodSync(path.dirname(folder), 0o777);
      },
    ],
    [
      'that is a link',
      (folder: string) => {
        mkdirSync(path.dirname(folder));
        symlinkSync(home, folder);
      },
    ],
  ])('is not kept in a folder %s', (_what, make) => {
    make(path.join(home, '.cache/plugin-host'));
    expect(findUserCache({ HOME: home })).toBeUndefined();
  });

  test.each([{}, { HOME: '' }, { HOME: 'relative' }, { HOME: '/proc/none' }])(
    'is not kept without a home: %j',
    (environment) => {
      expect(findUserCache(environment)).toBeUndefined();
    },
  );
});
