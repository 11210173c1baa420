import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOnPath, findSystemProgram } from '../../../src/process/find-on-path.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  for (const name of ['first', 'second']) mkdirSync(path.join(folder, name));
  mkdirSync(path.join(folder, 'first/tool'));
  writeFileSync(path.join(folder, 'first/text'), '');
  for (const file of ['second/tool', 'second/text']) {
    writeFileSync(path.join(folder, file), '');
    chmodSync(path.join(folder, file), 0o755);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['a folder of that name is passed over', 'tool', 'second/tool'],
  ['so is a file that cannot be executed', 'text', 'second/text'],
  ['a name that is nowhere', 'other', undefined],
  ['a path is not looked for', './second/tool', 'second/tool'],
  ['a path to a file that cannot be executed', './first/text', undefined],
  ['no name', '', undefined],
])('%s', (_, name, expected) => {
  const found = findOnPath(name, `:first:${path.join(folder, 'second')}`, folder);
  expect(found).toBe(expected === undefined ? undefined : path.join(folder, expected));
});

test('without a search path only a path is found', () => {
  expect(findOnPath('tool', undefined, folder)).toBeUndefined();
});

test('a program of the system wins, and where it is lacking the search path decides', () => {
  const searchPath = path.join(folder, 'second');
  const system = path.join(folder, 'second/tool');
  expect(findSystemProgram(system, '/nowhere')).toBe(system);
  expect(findSystemProgram(path.join(folder, 'bin/tool'), searchPath)).toBe(system);
  expect(findSystemProgram('/usr/bin/is-nowhere', searchPath)).toBe('/usr/bin/is-nowhere');
});
