import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listInstalled, SdkEnvironment } from '../../../../../src/sps/authoring/python/sdk-environment.ts';

let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

const facts = { version: '3.11.2', base: '/usr/bin/python3.11' };

/** As far as files go. */
function makeEnvironment(sdk: string): SdkEnvironment {
  const environment = SdkEnvironment.of(path.join(stateDir, 'python'), sdk, facts);
  mkdirSync(path.join(environment.folder, 'bin'), { recursive: true });
  mkdirSync(path.join(environment.folder, 'lib/python3.11/site-packages'), { recursive: true });
  writeFileSync(environment.python, '');
  return environment;
}

const installed = {
  sdk: '1.9.1',
  python: '3.11.2',
  base: '/bin/python',
  extras: [],
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

  test('is made when that has come to an end, by the tool that goes on with it', () => {
    const environment = makeEnvironment('1.9.1');
    expect(environment.isMadeBy('pip')).toBe(false);
    environment.setMadeBy('pip');
    expect(environment.isMadeBy('pip')).toBe(true);
    expect(environment.isMadeBy('uv')).toBe(false);
    rmSync(environment.python); // the Python it was made with is gone
    expect(environment.isMadeBy('pip')).toBe(false);
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

test('installed releases are listed by version, those of this Python only', () => {
  for (const sdk of ['1.9.1', '1.10.0', '1.4.4']) makeEnvironment(sdk).writeInstalled({ ...installed, sdk });
  makeEnvironment('1.8.4');
  const root = path.join(stateDir, 'python');
  expect(listInstalled(root, { ...facts, version: '3.11.7' })).toEqual(['1.4.4', '1.9.1', '1.10.0']);
  expect(listInstalled(root, { ...facts, version: '3.12.0' })).toEqual([]);
  expect(listInstalled(root, { ...facts, base: '/opt/bin/python3.11' })).toEqual([]);
});
