import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';
import { provideAppliance } from '../../../../src/sps/services/provide-appliance.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function provide(
  plugin: Partial<Plugin> = {},
  others: Partial<Parameters<typeof provideAppliance>[0]> = {},
): ReturnType<typeof provideAppliance> {
  const root = path.join(folder, 'plugin');
  mkdirSync(root, { recursive: true });
  return provideAppliance({
    plugin: {
      ...{ name: 'My plugin/1', version: '1.0', type: 'aa', api: '1.9', language: 'python', entryPoint: 'main.py' },
      ...{ path: root, root, warnings: [] },
      ...plugin,
    },
    stateDir: path.join(folder, 'state'),
    services: {},
    files: {},
    faults: {},
    settings: { environment: {} },
    ...others,
  });
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('both state directories are there, only for their owner as seen from outside', () => {
  const { environment, folders } = provide();
  const [persistent = '', ephemeral = ''] = folders;
  expect(environment).toEqual({
    SCB_PLUGIN_STATE_DIRECTORY: persistent,
    EPHEMERAL_PLUGIN_STATE_DIRECTORY: ephemeral,
  });
  expect(persistent).not.toBe(ephemeral);
  expect(path.basename(persistent)).toMatch(/^My_plugin_1-[0-9a-f]{16}$/);
  expect([persistent, ephemeral].map(modeOf)).toEqual(['750', '750']);
  expect([path.dirname(persistent), path.dirname(ephemeral), path.join(folder, 'state')].map(modeOf)).toEqual([
    '700',
    '700',
    '700',
  ]);
});

test('they are the same at the next call and by another way to the same folder, others for a namesake', () => {
  const first = provide().folders;
  symlinkSync(path.join(folder, 'plugin'), path.join(folder, 'link'));
  mkdirSync(path.join(folder, 'other'));
  expect(provide().folders).toEqual(first);
  expect(provide({ path: path.join(folder, 'link') }).folders).toEqual(first);
  expect(provide({ path: path.join(folder, 'other') }).folders).not.toEqual(first);
});

test('they stay with a ZIP when its content changes', () => {
  const zip = path.join(folder, 'plugin.zip');
  writeFileSync(zip, '');
  expect(provide({ path: zip, root: path.join(folder, 'unpacked-1') }).folders).toEqual(
    provide({ path: zip, root: path.join(folder, 'unpacked-2') }).folders,
  );
});

test("the user's own environment wins", () => {
  const { folders, environment } = provide({}, { settings: { environment: { SCB_PLUGIN_STATE_DIRECTORY: '/mine' } } });
  expect(folders[0]).toBe('/mine');
  expect(environment['SCB_PLUGIN_STATE_DIRECTORY']).toBe('/mine');
});

test('a state folder that cannot be made is no obstacle', () => {
  writeFileSync(path.join(folder, 'state'), 'a file');
  expect(provide().environment['SCB_PLUGIN_STATE_DIRECTORY']).toContain(path.join(folder, 'state'));
});

test('each language has its own module, Python 2 none', () => {
  expect(path.basename(provide().appliance?.module ?? '')).toBe('appliance.py');
  const { appliance } = provide({ language: 'typescript' });
  expect(path.basename(appliance?.module ?? '')).toBe('appliance.mjs');
  expect(existsSync(appliance?.module ?? '')).toBe(true);
  expect(provide({ isLegacy: true }).appliance).toBeUndefined();
});

test('what is not behind the SDK must be there before the plugin', () => {
  const isEager = (others: Parameters<typeof provide>[1]): unknown => provide({}, others).appliance?.isEager;
  expect(isEager({ services: { userLists: {}, memoryCache: 'embedded' } })).toBe(false);
  expect(isEager({ services: { hosts: {} } })).toBe(true);
  expect(isEager({ files: { '/a': '/b' } })).toBe(true);
  expect(isEager({ faults: { clockMs: -1 } })).toBe(true);
  expect(provide({}, { faults: { clockMs: -1 } }).isFreshOnly).toBe(true);
});

test('the memory cache is a file of the state folder or a server', () => {
  const server = { host: 'h', port: 1, database: 0, username: '', password: '' };
  expect(provide().appliance?.data).toMatchObject({
    memoryCache: { file: path.join(folder, 'state/memory-cache.db'), capacityBytes: 64 * 1024 * 1024 },
  });
  expect(provide({}, { services: { memoryCache: server } }).appliance?.data).toMatchObject({ memoryCache: server });
});

test('every fault is said', () => {
  const { problems } = provide(
    {},
    {
      faults: {
        ldapServers: ['ad', 'bd'],
        userLists: true,
        rest: 500,
        memoryCache: { slowMs: 1500 },
        clockMs: -3_600_000,
      },
    },
  );
  expect(problems.map(({ level, code, message }) => `${level} ${code} ${message}`)).toMatchInlineSnapshot(`
    [
      "warning FAULT_INJECTED under a fault: LDAP servers ad, bd are down",
      "warning FAULT_INJECTED under a fault: all user lists are missing",
      "warning FAULT_INJECTED under a fault: queries of the configuration are answered with 500",
      "warning FAULT_INJECTED under a fault: the memory cache takes 1.5 s longer",
      "warning FAULT_INJECTED under a fault: the clock is 1 h behind",
    ]
  `);
  const [away] = provide({}, { faults: { memoryCache: 'away', ldapServers: ['ad'] } }).problems;
  expect(away?.message).toBe('under a fault: LDAP server ad is down');
});
