import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstalledPython } from '../../../../../src/project/find-installed-python.ts';
import { cleanShared } from '../../../../../src/sps/authoring/clean/clean-shared.ts';
import { chooseEnvironment } from '../../../../../src/sps/authoring/python/choose-environment.ts';
import { SdkEnvironment } from '../../../../../src/sps/authoring/python/sdk-environment.ts';
import { lockFile } from '../../../../../src/state/lock-file.ts';

let folder = '';
let root = '';
let one = '';
let two = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  [root, one, two] = ['cache', 'one', 'two'].map((name) => path.join(folder, name)) as [string, string, string];
  for (const each of [root, one, two]) mkdirSync(each, { mode: 0o700 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function makeEnvironment(sdk: string): SdkEnvironment {
  const environment = SdkEnvironment.of(root, sdk, { version: '3.11.2', base: '/usr/bin/python3.11' });
  mkdirSync(path.join(environment.folder, 'bin'), { recursive: true, mode: 0o700 });
  writeFileSync(environment.python, 'text');
  return environment;
}

const clean = (stateDir: string, more: { isDryRun?: boolean; before?: number } = {}) =>
  cleanShared({ root, stateDir, before: Date.now() + 1000, isDryRun: false, ...more });

test('an environment that another folder needs stays, and goes with the last one', () => {
  const environment = makeEnvironment('1.9.1');
  const name = path.basename(environment.folder);
  for (const each of [one, two]) chooseEnvironment(each, environment);
  expect(clean(one, { isDryRun: true })).toEqual({ removed: [], kept: [{ name, users: [two] }] });
  expect(findInstalledPython(one)).toBe(environment.python);
  expect(clean(one)).toEqual({ removed: [], kept: [{ name, users: [two] }] });
  expect([one, two].map(findInstalledPython)).toEqual([undefined, environment.python]);
  expect(clean(one)).toEqual({ removed: [], kept: [] });
  expect(clean(two)).toMatchObject({ removed: [{ kind: 'environment', name }], kept: [] });
  expect(existsSync(environment.folder)).toBe(false);
});

test('one whose folders are all gone goes too', () => {
  const environment = makeEnvironment('1.9.1');
  chooseEnvironment(two, environment);
  rmSync(two, { recursive: true });
  expect(clean(one).removed).toHaveLength(1);
});

test('one that is being installed stays, and so does one that was made since', () => {
  const environment = makeEnvironment('1.9.1');
  const lock = lockFile(environment.lock);
  expect(clean(one)).toEqual({ removed: [], kept: [] });
  lock?.release();
  expect(clean(one, { before: Date.now() - 3_600_000 })).toEqual({ removed: [], kept: [] });
  expect(existsSync(environment.folder)).toBe(true);
});
