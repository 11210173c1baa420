import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collectFiles } from '../../../../../src/sps/authoring/pack/collect-files.ts';
import { isLeftOut } from '../../../../../src/sps/authoring/pack/is-left-out.ts';
import type { Collected } from '../../../../../src/sps/authoring/pack/packed-file.ts';
import { makeTemporaryFolder } from '../../package/temporary-folder.ts';

function makeTree(...names: string[]): string {
  const root = makeTemporaryFolder();
  for (const name of names) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), name);
  }
  return root;
}

const collect = (root: string): Promise<Collected> => collectFiles({ root, isLeftOut: () => false });

const namesOf = ({ files }: Collected): string[] => files.map(({ name }) => name);

test('links that stay inside are followed, to files and to folders', async () => {
  const root = makeTree('lib/a.py');
  symlinkSync('lib', path.join(root, 'again'));
  symlinkSync('a.py', path.join(root, 'lib/b.py'));
  const collected = await collect(root);
  expect(collected.problems).toEqual([]);
  expect(namesOf(collected)).toEqual(['again/a.py', 'again/b.py', 'lib/a.py', 'lib/b.py']);
  expect((await collected.files[1]?.read())?.toString()).toBe('lib/a.py');
});

test('a file is executable by its own right, also through a link', async () => {
  const root = makeTree('run', 'text', 'others');
  chmodSync(path.join(root, 'run'), 0o700);
  chmodSync(path.join(root, 'others'), 0o677);
  symlinkSync('run', path.join(root, 'same'));
  const { files } = await collect(root);
  expect(files.filter(({ isExecutable }) => isExecutable).map(({ name }) => name)).toEqual(['run', 'same']);
});

test.each([
  ['/etc/passwd', 'leads out of the folder'],
  ['..', 'leads out of the folder'],
  ['../..', 'leads out of the folder'],
  ['nowhere', 'leads nowhere (ENOENT)'],
  ['link', 'leads nowhere (ELOOP)'],
  ['.', 'a folder that contains it'],
])('a link to %s is a problem', async (target, what) => {
  const root = makeTree('main.py');
  symlinkSync(target, path.join(root, 'link'));
  const { problems, files } = await collect(root);
  expect(problems).toMatchObject([{ level: 'error', code: 'PATH_ESCAPES', file: 'link' }]);
  expect(problems[0]?.message).toContain(what);
  expect(files).toHaveLength(1);
});

test('a folder whose name begins as that of the root is outside all the same', async () => {
  const root = makeTree('plugin/main.py', 'plugin-secrets/key');
  symlinkSync('../plugin-secrets/key', path.join(root, 'plugin/key'));
  expect((await collect(path.join(root, 'plugin'))).problems).toMatchObject([{ code: 'PATH_ESCAPES' }]);
});

test('a pipe and a name that no archive may have are problems', async () => {
  const root = makeTree('main.py', 'a\\b');
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  const { problems } = await collect(root);
  expect(problems.map(({ code }) => code)).toEqual(['PATH_ESCAPES', 'ZIP_INVALID']);
});

test('what is for the author stays behind, at its place alone', async () => {
  const left = [
    ...[
      '.git/config',
      '.env',
      'Pipfile',
      'Pipfile.lock',
      'requirements-dev.txt',
      'pyproject.toml',
      'setup.py',
      'plugin-host.yaml',
    ],
    ...['default.cfg.plugin', 'conftest.py', 'lib/conftest.py', 'lib/tests/test_a.py', 'tests/a.py', 'dist/a.zip'],
    ...[
      'own/pyvenv.cfg',
      'lib/__pycache__/a.pyc',
      'vault.plugin-test.yaml',
      'old.zip',
      'tsconfig.json',
      'package.json',
      'plugin-host-0.1.0.tgz',
      'main.py.orig',
      'node_modules/a/index.js',
      'here.bin',
    ],
  ];
  const kept = [
    ...['MANIFEST', 'LICENSE', 'main.py', 'default.cfg', 'lib/dist/a.py', 'lib/setup.py', 'lib/requirements.txt'],
    ...['lib/test/a.py', 'lib/data.zip', 'duo_client-5.7.0.dist-info/METADATA', 'dist.py', 'testing/a.py'],
  ];
  kept.push('build/__init__.py', 'build/a.py', 'test/__init__.py', 'test/data.txt');
  left.push('venv/__init__.py', 'venv/pyvenv.cfg', 'env/__init__.py', 'env/conda-meta/history');
  const root = makeTree(...left, ...kept);
  const output = path.join(root, 'here.bin');
  const collected = await collectFiles({
    root,
    isLeftOut: (name, entry) => isLeftOut(name, entry, { root, entryPoint: 'main.py', output }),
  });
  expect(namesOf(collected).sort()).toEqual(kept.sort());
  expect(collected.leftOut).toEqual(expect.arrayContaining(['.git/', 'lib/tests/', 'own/', 'here.bin']));
});
