import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectModules } from '../../../../../src/sps/authoring/pack/collect-modules.ts';
import { collectPackages } from '../../../../../src/sps/authoring/pack/collect-packages.ts';
import { compareWithPluginv } from '../../../../../src/sps/authoring/pack/compare-with-pluginv.ts';
import { textFile } from '../../../../../src/sps/authoring/pack/packed-file.ts';
import { makeTemporaryFolder } from '../../package/temporary-folder.ts';

function makeTree(files: Record<string, string>): string {
  const root = makeTemporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return root;
}

const metadata = (name: string, ...more: string[]): string =>
  ['Metadata-Version: 2.4', `Name: ${name}`, 'Version: 1.0', ...more, '', 'Name: of the description', ''].join('\n');

describe('installed packages', () => {
  test('go without commands, tools and whatever tells of this machine; their list of files says so', async () => {
    const record = [
      ...[
        '../../bin/hello,sha256=of-this-machine,9',
        '../../share/man/hello.1,,',
        'hello.py,sha256=aa,3',
        '"with, comma.py",,',
      ],
      ...[
        'hello-1.0.dist-info/METADATA,,',
        'hello-1.0.dist-info/direct_url.json,,',
        'hello-1.0.dist-info/RECORD,,',
        '__pycache__/hello.pyc,,',
      ],
    ];
    const folder = makeTree({
      'bin/hello': '#!/home/me/python',
      'share/man/hello.1': '',
      'hello.py': '',
      'with, comma.py': '',
      '__pycache__/hello.pyc': '',
      'hello-1.0.dist-info/METADATA': metadata('hello'),
      'hello-1.0.dist-info/direct_url.json': '{"url": "file:///home/me"}',
      'hello-1.0.dist-info/REQUESTED': '',
      'hello-1.0.dist-info/RECORD': record.join('\r\n'),
      'setuptools/__init__.py': '',
      'setuptools-80.0.dist-info/METADATA': metadata('setuptools'),
      'distutils-precedence.pth': '',
    });
    const { files, problems } = await collectPackages(folder);
    expect(problems).toEqual([]);
    expect(files.map(({ name }) => name)).toEqual([
      ...[
        'hello-1.0.dist-info/METADATA',
        'hello-1.0.dist-info/RECORD',
        'hello.py',
        'with, comma.py',
        '3rdparty-licenses.txt',
      ],
    ]);
    expect((await files[1]?.read())?.toString()).toBe(
      '"with, comma.py",,\nhello-1.0.dist-info/METADATA,,\nhello-1.0.dist-info/RECORD,,\nhello.py,sha256=aa,3\n',
    );
  });

  test('stand in the licence list as pluginv writes it', async () => {
    const folder = makeTree({
      'b-1.dist-info/METADATA': metadata('b', 'Home-page: https://b.test', 'License: BSD', '        and its text'),
      'A-1.dist-info/METADATA': metadata('A', 'License-Expression: MIT', 'Project-URL: Homepage, https://a.test'),
    });
    const list = (await collectPackages(folder)).files.find(({ name }) => name === '3rdparty-licenses.txt');
    expect((await list?.read())?.toString()).toBe(
      'Name: A\nHome-page: https://a.test\nLicense-Expression: MIT\n\nName: b\nHome-page: https://b.test\nLicense: BSD\n\n',
    );
  });

  test.each([
    ['oneidentity_safeguard_sessions_plugin_sdk-1.9.1.dist-info/METADATA', 'error SDK_BUNDLED'],
    ['safeguard/sessions/plugin/__init__.py', 'error SDK_BUNDLED'],
    ['pip_tools/__init__.py', 'warning PACKED_OTHERWISE'],
  ])('with %s are told as %s', async (name, expected) => {
    const { problems } = await collectPackages(makeTree({ [name]: '' }));
    expect(problems.map(({ level, code }) => `${level} ${code}`)).toEqual([expected]);
  });
});

describe('modules of node_modules', () => {
  const json = (value: object): string => JSON.stringify(value);
  const tree = {
    'package.json': json({ dependencies: { a: '1', '@scope/b': '1' }, optionalDependencies: { absent: '1' } }),
    'node_modules/a/package.json': json({ version: '1.0.0', dependencies: { c: '1' }, peerDependencies: { d: '1' } }),
    'node_modules/a/node_modules/c/package.json': json({ version: '1.0.0' }),
    'node_modules/c/package.json': json({ version: '2.0.0' }),
    'node_modules/@scope/b/package.json': json({ version: '1.0.0', dependencies: { c: '2', a: '1' } }),
    'node_modules/d/package.json': json({ version: '1.0.0' }),
    'node_modules/unused/package.json': json({ version: '1.0.0' }),
    'node_modules/.bin/a': '',
  };

  test('are those that Node would find from package.json on, each once', async () => {
    const { files, problems } = await collectModules(makeTree(tree));
    expect(files.map(({ name }) => name).sort()).toEqual([
      '3rdparty-licenses.txt',
      ...['@scope/b', 'a/node_modules/c', 'a', 'c', 'd'].map((name) => `node_modules/${name}/package.json`),
    ]);
    expect(problems).toMatchObject([{ level: 'warning', code: 'DEPENDENCY_UNLOCKED' }]);
  });

  test('must be of the versions that are locked', async () => {
    const packages = Object.fromEntries(
      ['a', 'a/node_modules/c', '@scope/b', 'c', 'd'].map((name) => [`node_modules/${name}`, { version: '1.0.0' }]),
    );
    const { problems } = await collectModules(makeTree({ ...tree, 'package-lock.json': json({ packages }) }));
    expect(problems).toMatchObject([{ level: 'error', code: 'DEPENDENCIES_INVALID' }]);
    expect(problems[0]?.message).toContain('node_modules/c has version 2.0.0, package-lock.json has 1.0.0');
  });
});

test.each<[string[], boolean, RegExp[]]>([
  [['MANIFEST', 'main.py', 'README.md', 'LICENSE', 'default.cfg', 'lib/__init__.py', 'lib/a.py'], false, []],
  [['main.py', 'default.cfg', 'totp.py', 'lib/a.py'], false, [/leaves out totp.py, lib\/a.py;/]],
  [['main.py', 'default.cfg', 'totp.py'], true, [/setup.py is not run/]],
  [['main.py', 'default.cfg', 'pipes/__init__.py'], false, [/pipes\/__init__.py/]],
  [['main.py'], false, [/there is no default.cfg/]],
])('of %j it is said how pluginv packs it otherwise', (names, hasOwnSetup, expected) => {
  const problems = compareWithPluginv(
    names.map((name) => textFile(name, '')),
    'main.py',
    [],
    hasOwnSetup,
  );
  expect(problems.map(({ message }) => message)).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(problems[index]?.message).toMatch(pattern);
});
