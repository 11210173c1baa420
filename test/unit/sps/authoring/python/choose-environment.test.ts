import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findInstalledPython, sharedEnvironments } from '../../../../../src/project/find-installed-python.ts';
import { addUser, chooseEnvironment, usersOf } from '../../../../../src/sps/authoring/python/choose-environment.ts';
import { SdkEnvironment } from '../../../../../src/sps/authoring/python/sdk-environment.ts';

let folder = '';
let root = '';
let states: [string, string];

beforeEach(() => {
  // Below the working folder: only the user can write there and above.
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  root = path.join(folder, 'cache/plugin-host/python');
  states = [path.join(folder, 'one/.plugin-host'), path.join(folder, 'two/.plugin-host')];
  for (const each of [...states, root]) mkdirSync(each, { recursive: true, mode: 0o700 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** As far as files go. */
function makeEnvironment(sdk: string, where = root): SdkEnvironment {
  const environment = SdkEnvironment.of(where, sdk, { version: '3.11.2', base: '/usr/bin/python3.11' });
  mkdirSync(path.join(environment.folder, 'bin'), { recursive: true, mode: 0o700 });
  writeFileSync(environment.python, '');
  return environment;
}

describe('the environment that plugins of a folder run on', () => {
  test('is the last one that it chose, by its own path, and other folders choose theirs', () => {
    const [one, two] = states;
    expect(findInstalledPython(one)).toBeUndefined();
    const [older, newer] = [makeEnvironment('1.4.4'), makeEnvironment('1.9.1')];
    chooseEnvironment(one, older);
    chooseEnvironment(two, older);
    expect(findInstalledPython(one)).toBe(older.python);
    chooseEnvironment(one, newer);
    expect([one, two].map(findInstalledPython)).toEqual([newer.python, older.python]);
  });

  test('may be its own, as earlier versions made it', () => {
    const [one] = states;
    const own = makeEnvironment('1.9.1', path.join(one, 'python'));
    chooseEnvironment(one, own);
    expect(readlinkSync(path.join(one, 'python/current'))).toBe(path.basename(own.folder));
    expect(findInstalledPython(one)).toBe(own.python);
  });

  test('is none when it has been removed', () => {
    const environment = makeEnvironment('1.9.1');
    chooseEnvironment(states[0], environment);
    environment.remove();
    expect(findInstalledPython(states[0])).toBeUndefined();
  });

  test('is none where others could write', () => {
    const open = path.join(folder, 'open');
    mkdirSync(open);
    const environment = makeEnvironment('1.9.1', open);
    chooseEnvironment(states[0], environment);
    expect(findInstalledPython(states[0])).toBe(environment.python);
    rmSync(path.join(states[0], 'python/current'));
    symlinkSync('/tmp', path.join(states[0], 'python/current')); // which anybody may write to
    expect(findInstalledPython(states[0])).toBeUndefined();
  });
});

test('folders that need an environment are known as long as they are there', () => {
  const [one, two] = states;
  const environment = makeEnvironment('1.9.1');
  chooseEnvironment(one, environment);
  addUser(environment, two);
  addUser(environment, two);
  expect(usersOf(environment).sort()).toEqual([one, two]);
  rmSync(one, { recursive: true });
  expect(usersOf(environment)).toEqual([two]);
});

test("environments are shared in the user's cache, and not where others could write", () => {
  expect(sharedEnvironments({ XDG_CACHE_HOME: path.join(folder, 'cache') })).toBe(root);
  expect(sharedEnvironments({ XDG_CACHE_HOME: '/proc/1' })).toBeUndefined();
  expect(sharedEnvironments({})).toBeUndefined();
});
