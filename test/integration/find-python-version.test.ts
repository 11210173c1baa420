import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findPythonVersion } from '../../src/project/find-python-version.ts';
import { makeFolder } from './fixture.ts';

function put(file: string, program: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${program}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('a version is found on PATH, in pyenv and by uv, and a path is itself', () => {
  const home = makeFolder();
  const bin = path.join(home, 'bin');
  const named = put(path.join(bin, 'python3.11'), 'echo 3.11.2');
  const usual = put(path.join(bin, 'python3'), 'echo 3.12.1');
  put(path.join(bin, 'python3.13'), 'echo 3.12.9'); // its name promises too much
  for (const version of ['3.9.4', '3.9.10']) put(path.join(home, 'pyenv/versions', version, 'bin/python3'), 'exit 1');
  const byUv = put(path.join(home, 'uv/python'), 'exit 1');
  put(path.join(bin, 'uv'), `[ "$4 $UV_PYTHON_DOWNLOADS" = "3.10 never" ] && echo ${byUv}`);
  const environment = { PATH: bin, HOME: home, PYENV_ROOT: path.join(home, 'pyenv') };
  const find = (wanted: string) => findPythonVersion(wanted, environment, home);
  expect(find('3.11')).toBe(named);
  expect(find('3.11.2')).toBe(named);
  expect(find('3.11.3')).toBeUndefined();
  expect(find('3.12')).toBe(usual);
  expect(find('3.9')).toBe(path.join(home, 'pyenv/versions/3.9.10/bin/python3'));
  expect(find('3.10')).toBe(byUv);
  expect(find('3.13')).toBeUndefined();
  expect(find('bin/python3.11')).toBe(named);
  expect(find('python3')).toBe(usual);
});
