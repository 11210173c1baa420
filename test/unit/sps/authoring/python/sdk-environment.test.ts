import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findInstalledPython } from '../../../../../src/project/find-installed-python.ts';
import { listInstalled, SdkEnvironment } from '../../../../../src/sps/authoring/python/sdk-environment.ts';

let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

/** As far as files go. */
function makeEnvironment(sdk: string): SdkEnvironment {
  const environment = new SdkEnvironment(stateDir, sdk, '3.11.2');
  mkdirSync(path.join(environment.folder, 'bin'), { recursive: true });
  mkdirSync(path.join(environment.folder, 'lib/python3.11/site-packages'), { recursive: true });
  writeFileSync(environment.python, '');
  return environment;
}

const installed = {
  sdk: '1.9.1',
  python: '3.11.2',
  base: '/bin/python',
  withTests: false,
  packages: {},
  released: {},
  warnings: [],
};

describe('an environment', () => {
  test('is installed when its marker is there, which is written last', () => {
    const environment = makeEnvironment('1.9.1');
    expect(environment.readInstalled()).toBeUndefined();
    writeFileSync(path.join(environment.folder, 'installed.json'), '{"sdk": ');
    expect(environment.readInstalled()).toBeUndefined();
    environment.writeInstalled(installed);
    expect(environment.readInstalled()).toEqual(installed);
  });

  test('is made when that has come to an end', () => {
    const environment = makeEnvironment('1.9.1');
    expect(environment.isMade).toBe(false);
    environment.setMade();
    expect(environment.isMade).toBe(true);
    rmSync(environment.python); // the Python it was made with is gone
    expect(environment.isMade).toBe(false);
  });

  test('loses what a killed pip had begun', () => {
    const environment = makeEnvironment('1.9.1');
    const packages = path.join(environment.folder, 'lib/python3.11/site-packages');
    for (const name of ['six-1.16.0.dist-info', 'idna-3.10.dist-info', '~dna', 'idna'])
      mkdirSync(path.join(packages, name));
    writeFileSync(path.join(packages, 'six-1.16.0.dist-info/RECORD'), '');
    environment.repair();
    expect(
      ['six-1.16.0.dist-info', 'idna-3.10.dist-info', '~dna', 'idna'].map((name) =>
        existsSync(path.join(packages, name)),
      ),
    ).toEqual([true, false, false, true]);
  });

  test('gets a module ldap that can be taken away again', () => {
    const environment = makeEnvironment('1.9.1');
    const file = path.join(environment.folder, 'lib/python3.11/site-packages/ldap.py');
    environment.putLdapStandIn();
    expect(readFileSync(file, 'utf8')).toContain('python-ldap is not installed');
    environment.removeLdapStandIn();
    expect(existsSync(file)).toBe(false);
  });
});

describe('the environment that plugins run on', () => {
  test('is the last one made current, by its own path', () => {
    expect(findInstalledPython(stateDir)).toBeUndefined();
    const [older, newer] = [makeEnvironment('1.4.4'), makeEnvironment('1.9.1')];
    older.makeCurrent();
    expect(findInstalledPython(stateDir)).toBe(older.python);
    newer.makeCurrent();
    expect(findInstalledPython(stateDir)).toBe(newer.python);
    expect(readlinkSync(path.join(stateDir, 'python/current'))).toBe('sdk-1.9.1-py3.11');
  });

  test('is none when it has been removed', () => {
    const environment = makeEnvironment('1.9.1');
    environment.makeCurrent();
    environment.remove();
    expect(findInstalledPython(stateDir)).toBeUndefined();
  });
});

test('installed releases are listed by version, those of this Python only', () => {
  for (const sdk of ['1.9.1', '1.10.0', '1.4.4']) makeEnvironment(sdk).writeInstalled({ ...installed, sdk });
  makeEnvironment('1.8.4');
  expect(listInstalled(stateDir, '3.11.7')).toEqual(['1.4.4', '1.9.1', '1.10.0']);
  expect(listInstalled(stateDir, '3.12.0')).toEqual([]);
});
