import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProjectFile } from '../../../src/project/find-project-file.ts';
import { findUpwards } from '../../../src/project/find-upwards.ts';

let here = '';

beforeEach(() => {
  here = realpathSync(mkdtempSync(path.join(tmpdir(), 'ph-test-')));
  make('a/b/c');
});

afterEach(() => {
  chmodSync(here, 0o700);
  rmSync(here, { recursive: true });
});

function make(folder: string): string {
  mkdirSync(path.join(here, folder), { recursive: true });
  return path.join(here, folder);
}

function put(file: string): void {
  writeFileSync(path.join(here, file), '');
}

function find(folder: string, user?: number): string | undefined {
  const found = findUpwards(path.join(here, folder), 'MANIFEST', user ?? process.geteuid?.());
  return found === undefined ? undefined : path.relative(here, found);
}

describe('a file is looked for upwards', () => {
  test('and the nearest wins', () => {
    put('MANIFEST');
    expect(find('a/b/c')).toBe('');
    put('a/b/MANIFEST');
    expect(find('a/b/c')).toBe('a/b');
    expect(find('a')).toBe('');
  });

  test.each(['a folder', 'a file, as in a worktree'])('as far as the folder with .git, which may be %s', (kind) => {
    if (kind === 'a folder') make('a/.git');
    else put('a/.git');
    put('MANIFEST');
    expect(find('a/b/c')).toBeUndefined();
    put('a/MANIFEST');
    expect(find('a/b/c')).toBe('a');
  });

  test('but not in a folder of another user, nor in one that all users share, unless one is there', () => {
    put('a/MANIFEST');
    const other = (process.geteuid?.() ?? 0) + 1;
    expect(find('a/b/c', other)).toBeUndefined();
    expect(find('a', other)).toBe('a');
    chmodSync(path.join(here, 'a'), 0o1777);
    expect(find('a/b/c')).toBeUndefined();
  });

  test('above the folder that a link leads to', () => {
    put('a/MANIFEST');
    make('elsewhere');
    symlinkSync(path.join(here, 'a/b'), path.join(here, 'elsewhere/link'));
    expect(find('elsewhere/link')).toBe('a');
  });

  test('from a folder that is not there, or cannot be read', () => {
    put('MANIFEST');
    expect(find('none/at/all')).toBeUndefined();
    chmodSync(path.join(here, 'a/b'), 0);
    expect(find('a/b')).toBe('');
    chmodSync(path.join(here, 'a/b'), 0o700);
  });
});

describe('plugin-host.yaml', () => {
  const locate = (plugin: string, current: string): string | undefined => {
    const { file } = findProjectFile(plugin, { currentFolder: path.join(here, current) });
    return file === undefined ? undefined : path.relative(here, file);
  };

  test('is the nearest from the plugin upwards, else from the current folder upwards', () => {
    make('work/deep');
    expect(locate('../../a/b', 'work/deep')).toBeUndefined();
    put('work/plugin-host.yaml');
    make('a/.git');
    expect(locate('../../a/b', 'work/deep')).toBe('work/plugin-host.yaml');
    put('a/plugin-host.yaml');
    expect(locate('../../a/b', 'work/deep')).toBe('a/plugin-host.yaml');
  });

  test('of a ZIP is looked for from its folder upwards', () => {
    put('a/plugin-host.yaml');
    put('a/b/x.zip');
    expect(locate('a/b/x.zip', '')).toBe('a/plugin-host.yaml');
  });
});
