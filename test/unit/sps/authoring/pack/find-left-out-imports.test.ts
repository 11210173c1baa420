import { expect, test } from 'vitest';
import { findLeftOutImports } from '../../../../../src/sps/authoring/pack/find-left-out-imports.ts';
import { textFile } from '../../../../../src/sps/authoring/pack/packed-file.ts';

const leftOut = ['.git/', 'env/', 'tests/', 'lib/tests/', 'test_data.py', 'build/', 'helpers.test.ts'];

async function find(text: string, file = 'main.py', others: string[] = []): Promise<string[]> {
  const own = [textFile(file, text)];
  const packed = [...own, ...others.map((name) => textFile(name, ''))];
  return (await findLeftOutImports(own, leftOut, packed)).map(({ message, hint }) => `${message} | ${hint}`);
}

const other = 'Give it another name.';
const package_ = 'An __init__.py in it makes it a package, which is packed; or give it another name.';

test.each([
  ['import env', 'main.py:1: imports env/', package_],
  ['\n    from env.settings import REALM', 'main.py:2: imports env/', package_],
  ['import os, env.settings as settings', 'main.py:1: imports env/', package_],
  ['from tests import fakes', 'main.py:1: imports tests/', other],
  ['from lib import client, tests', 'main.py:1: imports lib/tests/', other],
  ['from . import test_data', 'main.py:1: imports test_data.py', other],
])('%s names what was left out', async (text, message, hint) => {
  expect(await find(text)).toEqual([`${message}, which was left out because of its name | ${hint}`]);
});

test('an import of what --exclude names is told as such', async () => {
  const [problem] = await findLeftOutImports([textFile('main.py', 'import env')], leftOut, [], () => true);
  expect(problem?.message).toBe('main.py:1: imports env/, which --exclude leaves out');
});

test.each([
  ["import { a } from './env/a.ts';", 'main.ts', 'env/'],
  ["export * from '../env/a';", 'lib/main.mts', 'env/'],
  ["const a = await import('./helpers.test.ts');", 'main.ts', 'helpers.test.ts'],
  ['require("./build")', 'main.js', 'build/'],
])('%s in %s does too', async (text, file, name) => {
  expect(await find(text, file)).toEqual([
    `${file}:1: imports ${name}, which was left out because of its name | ${other}`,
  ]);
});

test.each([
  ['import environment, testing', 'main.py'],
  ['import lib.env, os.env', 'main.py'],
  ['from .tests import a', 'other/main.py'],
  ['# import env', 'main.py'],
  ["import a from 'env/a';", 'main.ts'],
  ['import env', 'README.md'],
])('%s in %s names nothing of it', async (text, file) => {
  expect(await find(text, file)).toEqual([]);
});

test('it is told once for each name, and not at all when a dependency brings it', async () => {
  expect(await find('import env\nimport env.a\nimport build\n', 'main.py', ['build/__init__.py'])).toHaveLength(1);
});

test.each(['from ', 'import a', 'import ,', '. ', "import ('", '(', ' ', 'x.'])(
  'takes no time over many %j',
  async (text) => {
    expect(await find(text.repeat(100_000 / text.length), 'main.ts')).toEqual([]);
    expect(await find(`import ${text.repeat(100_000 / text.length)}`)).toEqual([]);
  },
);
