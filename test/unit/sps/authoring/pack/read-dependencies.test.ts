import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPinned } from '../../../../../src/sps/authoring/pack/find-pinned.ts';
import { readDependencies } from '../../../../../src/sps/authoring/pack/read-dependencies.ts';
import { makeTemporaryFolder } from '../../package/temporary-folder.ts';

function folderWith(files: Record<string, string>): string {
  const folder = makeTemporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

const lock = (packages: object, sources: string[] = ['https://pypi.org/simple']): string =>
  JSON.stringify({ _meta: { sources: sources.map((url) => ({ url })) }, default: packages, develop: {} });

describe('a plugin needs nothing', () => {
  test.each<[string, Record<string, string>]>([
    ['without any file about it', {}],
    [
      'with a Pipfile that names packages for development alone',
      { Pipfile: '[packages]\n[dev-packages]\npytest = "*"\n' },
    ],
    ['with a lock of nothing', { Pipfile: '[packages]\n', 'Pipfile.lock': lock({}) }],
    ['with requirements that are options and comments', { 'requirements.txt': '# none\n--no-binary :all:\n\n' }],
    ['with a pyproject.toml for tools', { 'pyproject.toml': '[tool.black]\nline-length = 120\n' }],
  ])('%s', (_what, files) => {
    expect(readDependencies(folderWith(files))).toBeUndefined();
  });
});

describe('what a plugin needs', () => {
  test('is what Pipfile.lock has for the run time, with hashes, extras and markers, from the index that it names', () => {
    const packages = {
      requests: { version: '==2.31.0', hashes: ['sha256:aa', 'sha256:bb'], extras: ['socks'], index: 'pypi' },
      six: { version: '==1.16.0', hashes: ['sha256:cc'], markers: "python_version >= '3.6'" },
    };
    const found = readDependencies(folderWith({ 'Pipfile.lock': lock(packages, ['https://acme.test/simple']) }));
    expect(found).toEqual({
      source: 'Pipfile.lock',
      isLocked: true,
      problems: [],
      lines: [
        '--index-url https://acme.test/simple',
        'requests[socks]==2.31.0 --hash=sha256:aa --hash=sha256:bb',
        "six==1.16.0 ; python_version >= '3.6' --hash=sha256:cc",
      ],
    });
  });

  test('comes from the public index as pip is set up to reach it, and from further ones', () => {
    const sources = ['https://pypi.org/simple', 'https://acme.test/simple'];
    const found = readDependencies(folderWith({ 'Pipfile.lock': lock({ six: { version: '==1.16.0' } }, sources) }));
    expect(found?.lines).toEqual(['--extra-index-url https://acme.test/simple', 'six==1.16.0']);
  });

  test('is requirements.txt as it is, which pip reads itself', () => {
    const found = readDependencies(folderWith({ 'requirements.txt': 'six # the old one\n', 'pyproject.toml': '[' }));
    expect(found).toEqual({ source: 'requirements.txt', lines: null, isLocked: false, problems: [] });
  });

  test('is what pyproject.toml has in [project]', () => {
    const found = readDependencies(folderWith({ 'pyproject.toml': '[project]\ndependencies = ["six>=1.16"]\n' }));
    expect(found).toMatchObject({ source: 'pyproject.toml', lines: ['six>=1.16'], isLocked: false, problems: [] });
  });
});

describe('is refused:', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a lock that is behind its Pipfile',
      { Pipfile: '[packages]\nsix = "*"\nPyYAML = "*"', 'Pipfile.lock': lock({ pyyaml: { version: '==6.0' } }) },
      'DEPENDENCIES_INVALID Pipfile.lock: lacks six',
    ],
    [
      'a package from a repository',
      { 'Pipfile.lock': lock({ six: { git: 'https://acme.test/six.git', ref: 'aa' } }) },
      'DEPENDENCIES_INVALID Pipfile.lock: six is not locked',
    ],
    ['a lock that is no JSON', { 'Pipfile.lock': '{' }, 'DEPENDENCIES_INVALID Pipfile.lock: '],
    ['a lock without its main section', { 'Pipfile.lock': '{}' }, 'DEPENDENCIES_INVALID Pipfile.lock: has no section'],
    ['a Pipfile that is no TOML', { Pipfile: '[packages' }, 'DEPENDENCIES_INVALID Pipfile: '],
    [
      'a folder installed for development',
      { 'requirements.txt': '-e ./six' },
      'DEPENDENCIES_INVALID requirements.txt: -e ./six',
    ],
    [
      'dependencies that only poetry knows',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.12"\nsix = "*"' },
      'DEPENDENCIES_INVALID pyproject.toml',
    ],
    [
      'dependencies that are made when it is built',
      { 'pyproject.toml': '[project]\ndynamic = ["dependencies"]' },
      'DEPENDENCIES_INVALID pyproject.toml',
    ],
    [
      'the SDK in a lock',
      { 'Pipfile.lock': lock({ 'oneidentity-safeguard-sessions-plugin-sdk': { version: '==1.9.1' } }) },
      'SDK_BUNDLED Pipfile.lock',
    ],
    [
      'the SDK in requirements',
      { 'requirements.txt': 'six\nOneidentity_Safeguard_Sessions_Plugin_SDK>=1.9' },
      'SDK_BUNDLED requirements.txt',
    ],
    [
      'the SDK in a project',
      { 'pyproject.toml': '[project]\ndependencies = ["oneidentity.safeguard-sessions-plugin-sdk"]' },
      'SDK_BUNDLED pyproject.toml',
    ],
  ])('%s', (_what, files, expected) => {
    const problems = readDependencies(folderWith(files))?.problems.map(({ code, message }) => `${code} ${message}`);
    expect(problems).toEqual([expect.stringContaining(expected)]);
  });
});

test('pins are found in files that name each other, with extras, hashes and markers, and ranges are none', () => {
  const root = folderWith({
    'requirements.txt':
      '-r more.txt\n-c limits.txt\nsix==1.16.0 \\\n  --hash=sha256:aa\nrequests[socks] == 2.31.0 ; python_version > "3"\nidna>=3\nyarl==1.*\n',
    'more.txt': '-r requirements.txt\nCharset_Normalizer===3.4.3 # newest\n',
    'limits.txt': 'certifi==2025.8.3\n',
  });
  const pinned = findPinned(root, { source: 'requirements.txt', lines: null });
  expect([...pinned].sort()).toEqual(['certifi', 'charset-normalizer', 'requests', 'six']);
});
