import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveProject } from '../../../src/project/resolve-project.ts';

let here = '';

beforeEach(() => {
  here = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(here, 'plugin'));
});

afterEach(() => {
  rmSync(here, { recursive: true });
});

function resolve(options: { hostConfig?: string; stateDir?: string; python?: string; state?: string } = {}) {
  const { state, ...chosen } = options;
  const environment = state === undefined ? {} : { PLUGIN_HOST_STATE: state };
  return resolveProject('plugin', { ...chosen, environment, currentFolder: here });
}

describe('plugin-host.yaml', () => {
  test('need not be there', async () => {
    await expect(resolve()).resolves.toMatchObject({
      file: undefined,
      folder: here,
      stateDir: path.join(here, '.plugin-host'),
      runner: { python: 'python3', environment: {}, limits: {} },
      part: undefined,
    });
  });

  test('is the named one, else that of the plugin, else that of the current folder', async () => {
    writeFileSync(path.join(here, 'plugin-host.yaml'), 'environment: {WHICH: current}\n');
    await expect(resolve()).resolves.toMatchObject({ folder: here, runner: { environment: { WHICH: 'current' } } });
    writeFileSync(path.join(here, 'plugin/plugin-host.yaml'), 'environment: {WHICH: plugin}\n');
    const folder = path.join(here, 'plugin');
    await expect(resolve()).resolves.toMatchObject({ folder, runner: { environment: { WHICH: 'plugin' } } });
    writeFileSync(path.join(here, 'other.yaml'), 'environment: {WHICH: other}\n');
    await expect(resolve({ hostConfig: 'other.yaml' })).resolves.toMatchObject({
      file: 'other.yaml',
      folder: here,
      runner: { environment: { WHICH: 'other' } },
    });
  });

  test('has sizes that become bytes', async () => {
    writeFileSync(path.join(here, 'plugin-host.yaml'), 'limits: {memory: 512MiB, processes: 4}\n');
    const { runner } = await resolve();
    expect(runner.limits).toEqual({ memoryBytes: 512 * 1024 ** 2, processes: 4 });
  });
});

test('the state folder is the given one, that of the environment, or beside the project file', async () => {
  writeFileSync(path.join(here, 'plugin/plugin-host.yaml'), '');
  expect((await resolve()).stateDir).toBe(path.join(here, 'plugin/.plugin-host'));
  expect((await resolve({ state: 'from-environment' })).stateDir).toBe(path.join(here, 'from-environment'));
  expect((await resolve({ state: 'from-environment', stateDir: 'given' })).stateDir).toBe(path.join(here, 'given'));
  await expect(resolve({ stateDir: ' ' })).rejects.toMatchObject({ code: 'USAGE' });
});

test('Python is the given one, that of the project file from its folder, or python3', async () => {
  expect((await resolve()).runner.python).toBe('python3');
  writeFileSync(path.join(here, 'plugin/plugin-host.yaml'), 'python: ./venv/bin/python\n');
  expect((await resolve()).runner.python).toBe(path.join(here, 'plugin/venv/bin/python'));
  expect((await resolve({ python: 'python3.12' })).runner.python).toBe('python3.12');
  await expect(resolve({ python: './none' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  writeFileSync(path.join(here, 'own-python'), '');
  expect((await resolve({ python: './own-python' })).runner.python).toBe(path.join(here, 'own-python'));
});
