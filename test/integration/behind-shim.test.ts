import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findBehindShim } from '../../src/project/find-behind-shim.ts';
import { makeFolder, python } from './fixture.ts';

/** A shim that writes down that it ran. */
function makeShim() {
  const home = makeFolder();
  const folder = path.join(home, 'project/inner');
  const shims = path.join(home, 'manager/shims');
  const caches = path.join(home, 'caches');
  for (const each of [folder, shims, caches]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const shim = path.join(shims, 'python3');
  const runs = path.join(home, 'runs');
  writeFileSync(shim, `#!/bin/sh\necho "run $PYENV_VERSION" >>${runs}\nexec ${python} "$@"\n`);
  chmodSync(shim, 0o755);
  const environment = { HOME: home, XDG_CACHE_HOME: caches, PATH: `${shims}:/usr/bin:/bin` };
  const find = (more: Record<string, string> = {}) => findBehindShim('python3', { ...environment, ...more }, folder);
  const count = () => (existsSync(runs) ? readFileSync(runs, 'utf8').trimEnd().split('\n').length : 0);
  return { home, folder, shim, find, count };
}

test('the interpreter behind a shim is found once', () => {
  const { find, count } = makeShim();
  expect(find()).toBe(python);
  expect(find()).toBe(python);
  expect(count()).toBe(1);
});

test('it is asked again when its variables, a file above the folder or the shim itself change', () => {
  const { home, shim, find, count } = makeShim();
  find();
  find({ PYENV_VERSION: '3.12' });
  expect(count()).toBe(2);
  writeFileSync(path.join(home, 'project/.python-version'), '3.12\n');
  find();
  expect(count()).toBe(3);
  writeFileSync(shim, `${readFileSync(shim, 'utf8')}# newer\n`);
  find();
  find();
  expect(count()).toBe(4);
});

test('a shim that fails, and an interpreter that is none, stay as they are', () => {
  const { shim, folder, find } = makeShim();
  expect(findBehindShim('python3', { PATH: path.dirname(python) }, folder)).toBe('python3');
  writeFileSync(shim, '#!/bin/sh\nexit 127\n');
  expect(find()).toBe('python3');
});
