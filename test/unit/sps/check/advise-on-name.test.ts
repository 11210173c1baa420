import { expect, test } from 'vitest';
import { adviseOnName } from '../../../../src/sps/check/advise-on-name.ts';
import { argumentsOf, findHook, type PluginType } from '../../../../src/sps/plugin/find-hook.ts';

function advise(name: string, hookName: string, type: PluginType): string {
  const hook = findHook(type, hookName);
  if (hook === undefined) throw new Error(hookName);
  const passed = argumentsOf(hook, '1.9').map((each) => each.name);
  return adviseOnName(name, passed, type);
}

test.each<[string, string, PluginType, string]>([
  ['username', 'authenticate', 'aa', 'server_username or gateway_user;'],
  ['username', 'get_password_list', 'credentialstore', 'server_username or gateway_username;'],
  ['password', 'authenticate', 'aa', 'key_value_pairs["otp"];'],
  ['password', 'get_password_list', 'credentialstore', 'gateway_password;'],
  ['otp', 'authenticate', 'aa', 'as key_value_pairs["otp"];'],
  ['host', 'authorize', 'aa', 'server_hostname or server_ip;'],
  ['ip', 'authenticate', 'aa', 'as client_ip;'],
  ['gateway_username', 'authenticate', 'aa', 'Did you mean gateway_user?'],
  ['config', 'authenticate', 'aa', 'constructor'],
  ['frobnicate', 'authenticate', 'aa', '`plugin-host hooks aa` lists the arguments.'],
])('%s of %s (%s)', (name, hook, type, expected) => {
  expect(advise(name, hook, type)).toContain(expected);
});

test.each(['otp', 'password', 'host'])('%s is not advised as what session_ended does not get', (name) => {
  expect(advise(name, 'session_ended', 'aa')).toBe('`plugin-host hooks aa` lists the arguments.');
});
