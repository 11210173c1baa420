import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../../../../src/process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../../../src/process/folders/remove-folder.ts';

const outside = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(outside, { recursive: true, force: true });
});

const file = path.resolve(import.meta.dirname, '../../../../src/process/process_tree.py');

const removals: [string, (folder: string) => void][] = [
  ['the host', removeFolder],
  [
    'a supervisor',
    (folder) => {
      const program =
        'import sys; sys.path.insert(0, sys.argv[1]); import process_tree as t; t.remove_folder(sys.argv[2])';
      execFileSync('python3', ['-B', '-c', program, path.dirname(file), folder]);
    },
  ],
];

describe.each(removals)('%s removes a folder', (_, remove) => {
  test('with all in it, however deep, whatever its permissions, and follows no link', () => {
    const folder = path.join(outside, 'folder');
    mkdirSync(folder);
    writeFileSync(path.join(outside, 'kept'), '');
    symlinkSync(outside, path.join(folder, 'link'));
    const before = process.cwd();
    const deep = `import os, sys
os.chdir(sys.argv[1])
for _ in range(40):
    os.mkdir("d" * 200)
    os.mkdir("1~")
    os.symlink(sys.argv[2], "link.")
    os.chdir("d" * 200)
open("file", "w").close()`;
    execFileSync('python3', ['-c', deep, folder, outside]);
    mkdirSync(path.join(folder, 'closed/inner/innermost'), { recursive: true });
    chmodSync(path.join(folder, 'closed/inner'), 0);
    chmodSync(path.join(folder, 'closed'), 0);
    remove(folder);
    expect(process.cwd()).toBe(before);
    expect({ isThere: existsSync(folder), isKept: existsSync(path.join(outside, 'kept')) }).toEqual({
      isThere: false,
      isKept: true,
    });
  });

  test('that is a link, or not there, as that', () => {
    const link = path.join(outside, 'link');
    symlinkSync(outside, link);
    remove(link);
    remove(path.join(outside, 'nothing'));
    expect({ isThere: existsSync(link), isKept: existsSync(outside) }).toEqual({ isThere: false, isKept: true });
  });
});

test('what a process that has ended left is removed by the next one, and what is of others stays', async () => {
  const own = makeTemporaryFolder();
  removeFolder(own);
  const space = path.basename(own).split('-')[2] ?? '';
  const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
  const names = {
    dead: `plugin-host-${space}-${dead}-1-abcdef`,
    alive: `plugin-host-${space}-${process.pid}-999-abcdef`,
    elsewhere: `plugin-host-${Number(space) + 1}-${dead}-1-abcdef`,
    other: `plugin-host-notes`,
  };
  const folder = mkdtempSync(path.join(outside, 'tmp-'));
  for (const name of Object.values(names)) mkdirSync(path.join(folder, name, 'inside'), { recursive: true });
  const orphan = spawn('sleep', ['600'], { env: { TMPDIR: path.join(folder, names.dead) }, stdio: 'ignore' });
  const ended = once(orphan, 'exit');
  vi.resetModules();
  vi.stubEnv('TMPDIR', folder);
  const fresh = await import('../../../../src/process/folders/make-temporary-folder.ts');
  removeFolder(fresh.makeTemporaryFolder());
  await vi.waitUntil(() => !existsSync(path.join(folder, names.dead)));
  vi.unstubAllEnvs();
  expect((await ended)[1]).toBe('SIGKILL');
  const left = Object.entries(names).filter(([, name]) => existsSync(path.join(folder, name)));
  expect(left.map(([key]) => key)).toEqual(['alive', 'elsewhere', 'other']);
});
