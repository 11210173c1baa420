import { expect, test } from 'vitest';
import { checkHooks } from '../../../../src/sps/check/check-hooks.ts';
import type { HookDescription } from '../../../../src/sps/plugin/plugin-description.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';

const aa: Plugin = {
  name: 'Test',
  version: '1',
  type: 'aa',
  api: '1.9',
  language: 'python',
  path: '.',
  root: '/plugin',
  entryPoint: 'main.py',
  warnings: [],
};
const store: Plugin = { ...aa, type: 'credentialstore' };
const release = { api: '1.9', spsVersion: '9.0.0' };

function hooks(...names: (string | [string, Partial<HookDescription>])[]): Map<string, HookDescription> {
  return new Map(
    names.map((each) => {
      const [name, own] = typeof each === 'string' ? [each, {}] : each;
      return [name, { named: [], takesAll: false, ...own }];
    }),
  );
}

function check(plugin: Plugin, described: Map<string, HookDescription>, api = release.api): string[] {
  return checkHooks(plugin, { hooks: described, names: [] }, { ...release, api }).map(
    ({ level, code, message }) => `${level} ${code} ${message}`,
  );
}

test('a plugin with all its hooks has no problem', () => {
  expect(check(aa, hooks('authenticate', 'authorize', 'session_ended'))).toEqual([]);
});

test('mandatory hooks are missed, authorize is taken for ACCEPT', () => {
  expect(check(aa, hooks('session_ended'))).toEqual([
    'error HOOK_MISSING main.py: class Plugin has no authenticate; every plugin of this type needs it',
    'warning HOOK_MISSING main.py: class Plugin has no authorize; the product treats its absence as ACCEPT',
  ]);
});

test('a similar name is suggested', () => {
  const [problem] = checkHooks(
    aa,
    { hooks: hooks('authorize', 'session_ended'), names: ['autenticate', 'authorize'] },
    release,
  );
  expect(problem?.hint).toBe('Rename autenticate to authenticate?');
});

test('optional hooks newer than the plugin are told as a warning, those of its own API not at all', () => {
  const four = hooks('get_private_key_list', 'get_password_list', 'authentication_completed', 'session_ended');
  expect(check(store, four)).toEqual([]);
  expect(check({ ...store, api: '1.7' }, four)).toEqual([
    "warning HOOK_MISSING main.py: class Plugin has no get_totp_codes; it came with API 1.9, after this plugin's 1.7, and is optional",
  ]);
});

test("a plugin's own hook that is newer than what it asks for is told, an inherited one is not its doing", () => {
  const others = [
    'get_private_key_list',
    'get_password_list',
    'authentication_completed',
    'session_ended',
    'get_remote_app_credentials',
  ] as const;
  const own = hooks(...others, ['get_totp_codes', { file: '/plugin/lib/store.py', line: 7 }]);
  expect(check({ ...store, api: '1.8' }, own)).toEqual([
    'warning HOOK_TOO_NEW lib/store.py:7: get_totp_codes came with API 1.9; an appliance of API 1.8 never calls it',
  ]);
  const inherited = hooks(...others, ['get_totp_codes', { file: '/sdk/store.py', line: 7 }]);
  expect(check({ ...store, api: '1.8' }, inherited)).toEqual([]);
});

test('what the emulated release does not call or pass yet is told, unless it is the doing of a base class elsewhere', () => {
  const named: [string, boolean][] = [
    ['target_host', false],
    ['server_ip', false],
  ];
  const described = (file: string) =>
    hooks(
      'get_private_key_list',
      ['get_password_list', { named, file, line: 3 }],
      'authentication_completed',
      'session_ended',
      ['get_totp_codes', { file, line: 9 }],
    );
  const old: Plugin = { ...store, api: '1.0' };
  expect(check(old, described('/plugin/main.py'), '1.4')).toEqual([
    'warning HOOK_UNKNOWN_ARGUMENT main.py:3: get_password_list declares server_ip, which SPS passes since API 1.5 and not yet in 1.4; it gets None',
    'warning HOOK_TOO_NEW main.py:9: get_totp_codes came with API 1.9; an appliance of API 1.4 never calls it',
  ]);
  expect(check(old, described('/sdk/store.py'), '1.4')).toEqual([]);
});

test('an argument that the product does not know is told with its place', () => {
  const described = hooks('authenticate', 'session_ended', [
    'authorize',
    {
      named: [
        ['gateway_usr', false],
        ['verbose', true],
      ],
      file: '/plugin/main.py',
      line: 3,
    },
  ]);
  const problems = checkHooks(aa, { hooks: described, names: [] }, release);
  expect(problems).toEqual([
    expect.objectContaining({
      level: 'warning',
      code: 'HOOK_UNKNOWN_ARGUMENT',
      message: 'main.py:3: authorize declares gateway_usr, which SPS does not pass to it; it gets None',
      hint: 'Did you mean gateway_user?',
      file: 'main.py',
      line: 3,
    }),
    expect.objectContaining({
      message: 'main.py:3: authorize declares verbose, which SPS does not pass to it; it keeps its default',
    }),
  ]);
});
