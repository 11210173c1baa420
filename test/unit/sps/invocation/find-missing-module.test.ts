import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMissingModule, type MissingModule } from '../../../../src/sps/invocation/find-missing-module.ts';
import type { RunnerSettings } from '../../../../src/sps/invocation/runner-settings.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';
import { makeTemporaryFolder } from '../package/temporary-folder.ts';

const settings: RunnerSettings = {
  ...{ python: '/usr/bin/python3', legacyPython: 'jython', node: 'node', compileCache: undefined },
  ...{ hostEnvironment: {}, environment: {}, limits: {} },
};

type Where = Pick<Plugin, 'language' | 'isLegacy' | 'root' | 'path'>;

function find(
  message: string,
  { exception = 'ModuleNotFoundError', python, ...plugin }: Partial<Where & { exception: string; python: string }> = {},
): MissingModule | undefined {
  const where: Where = { language: 'python', root: makeTemporaryFolder(), path: '.', ...plugin };
  return findMissingModule({ exception, message }, where, { ...settings, ...(python && { python }) });
}

describe('a module that Python does not find', () => {
  test.each(['safeguard', 'safeguard.sessions.plugin', 'requests', 'yaml', 'OpenSSL'])(
    'is mended by the command that installs the SDK: %s',
    (name) => {
      expect(find(`No module named '${name}'`)).toEqual({
        message: `/usr/bin/python3 has no module ${name}, which comes with the vendor's SDK`,
        runsOn: '/usr/bin/python3',
        hint: 'plugin-host python install',
      });
    },
  );

  test('is installed where the calls of that plugin look', () => {
    const folder = makeTemporaryFolder();
    expect(find("No module named 'safeguard'", { root: folder, path: folder })?.hint).toBe(
      'plugin-host python install',
    );
    writeFileSync(path.join(folder, 'plugin-host.yaml'), '');
    expect(find("No module named 'safeguard'", { root: folder, path: folder })?.hint).toBe(
      `plugin-host python install -p ${folder}`,
    );
  });

  test('is mended by pip and a line in requirements.txt, whatever the place of the interpreter', () => {
    expect(find("No module named 'radius.client'; 'radius' is not a package", { python: '/my python' })).toEqual({
      message: '/my python has no module radius.client',
      runsOn: '/my python',
      hint: "'/my python' -m pip install radius, and write radius into requirements.txt so that pack includes it.",
    });
  });

  const shared = '/home/me/.cache/plugin-host/python/sdk-1.9.1-py3.12-0123abcd/bin/python';

  test('is not looked for in the SDK where that is installed, and nothing is put into the environment of all folders', () => {
    expect(find("No module named 'ldap.filter'", { python: shared })?.hint).toMatch(
      /^Write ldap into requirements\.txt, so that pack includes it; then: plugin-host python install --sdk 1\.9\.1 --requirements$/,
    );
  });

  test.each([
    ['requirements.txt', '# one-time passwords\npyotp==2.9.0\n', 'pyotp'],
    ['requirements.txt', 'Radius.Client>=2 # of RADIUS\n', 'radius_client'],
    ['pyproject.toml', '[project]\ndependencies = ["requests>=2","pyotp"]\n', 'pyotp'],
    ['Pipfile', '[packages]\npyotp = "*"\n', 'pyotp'],
  ])('is installed by one command where %s names it already: %s', (file, text, module) => {
    const root = makeTemporaryFolder();
    writeFileSync(path.join(root, file), text);
    const message = `No module named '${module}'`;
    expect(find(message, { root })?.hint).toBe('plugin-host python install --requirements');
    expect(find(message, { root, path: root, python: shared })?.hint).toBe(
      `plugin-host python install --sdk 1.9.1 --requirements -p ${root}`,
    );
    const own = makeTemporaryFolder();
    mkdirSync(path.join(own, 'bin'));
    writeFileSync(path.join(own, 'pyvenv.cfg'), '');
    const python = path.join(own, 'bin/python');
    expect(find(message, { root, python })?.hint).toBe(`${python} -m pip install ${module}`);
  });

  test.each([
    [['Pipfile', 'requirements.txt'], 'Pipfile'],
    [['pyproject.toml'], 'pyproject.toml'],
    [['pyproject.toml', 'requirements.txt'], 'requirements.txt'],
  ])('is written where pack looks first: %j', (files, expected) => {
    const root = makeTemporaryFolder();
    for (const file of files) writeFileSync(path.join(root, file), '');
    expect(find("No module named 'radius'", { root })?.hint).toContain(`write radius into ${expected} so`);
  });

  test("is looked for in the plugin's own package", () => {
    const root = makeTemporaryFolder();
    mkdirSync(path.join(root, 'lib'));
    expect(find("No module named 'lib.client'", { root })).toEqual({
      message: "the plugin's own lib has no module lib.client",
      hint: 'Look for lib/client in the folder of the plugin.',
    });
  });

  test('is found in the words of Python 2, which has no SDK', () => {
    expect(find('No module named requests', { exception: 'ImportError', isLegacy: true })?.hint).toMatch(
      /^jython -m pip/,
    );
  });
});

test.each([
  ["Cannot find package 'left-pad' imported from /plugin/main.ts", 'left-pad'],
  ["Cannot find package '@acme/radius/client' imported from /plugin/main.ts", '@acme/radius'],
  ["Cannot find module 'left-pad'\nRequire stack:\n- /plugin/main.js", 'left-pad'],
])('a package that Node does not find is mended by npm: %s', (message, name) => {
  expect(find(message, { language: 'typescript', exception: 'Error' })?.hint).toContain(`npm install ${name} in`);
});

test.each([
  ["cannot import name 'x' from 'safeguard'", 'ImportError', 'python'],
  ["No module named 'x'", 'ValueError', 'python'],
  ["Cannot find module '/plugin/lib/a.ts' imported from /plugin/main.ts", 'Error', 'typescript'],
  ['no such host', 'Error', 'typescript'],
] as const)('nothing is advised on %s', (message, exception, language) => {
  expect(find(message, { exception, language })).toBeUndefined();
});
