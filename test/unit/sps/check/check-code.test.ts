import { expect, test } from 'vitest';
import { checkCode } from '../../../../src/sps/check/check-code.ts';
import type { PluginType } from '../../../../src/sps/plugin/find-hook.ts';
import type { HookDescription, PluginDescription } from '../../../../src/sps/plugin/plugin-description.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';
import type { Place, SdkClass } from '../../../../src/sps/plugin/sdk-class.ts';

const main = (line: number): Place => ({ file: '/plugin/main.py', line });

function check(description: Partial<PluginDescription>, type: PluginType = 'aa'): string[] {
  const plugin: Plugin = {
    name: 'Test',
    version: '1',
    type,
    api: '1.9',
    language: 'python',
    path: '.',
    root: '/plugin',
    entryPoint: 'main.py',
    warnings: [],
  };
  const release = { api: '1.9', spsVersion: '9.0.0' };
  return checkCode(plugin, { hooks: new Map(), names: [], ...description }, release).map(
    ({ level, code, message, hint, file, line }) => `${level} ${code} ${message} | ${hint} | ${file} ${line}`,
  );
}

function hook(name: string, details: Partial<HookDescription>): ReadonlyMap<string, HookDescription> {
  return new Map([[name, { named: [], takesAll: false, ...main(8), ...details }]] as [string, HookDescription][]);
}

test('a constructor that does not take the configuration text is an error', () => {
  expect(check({ construction: main(5) })).toEqual([
    'error CONSTRUCTOR_WITHOUT_CONFIGURATION main.py:5: the constructor does not take the configuration text, which SPS passes as its one argument | Write `def __init__(self, configuration)`: SPS passes the configuration text, also when it is empty. | main.py 5',
  ]);
});

test('a hook that is async, or a method that the SDK calls, is an error', () => {
  const sdkClass = { methods: ['do_authenticate'], own: { do_authenticate: main(20) }, place: main(6) };
  const problems = check({
    hooks: hook('authorize', { isAsync: true }),
    sdkClass,
    asyncSteps: ['do_authenticate'],
  });
  expect(problems).toEqual([
    expect.stringMatching(/^error HOOK_IS_ASYNC main.py:8: authorize is `async def`.*asyncio\.run.* main.py 8$/),
    expect.stringMatching(/^error HOOK_IS_ASYNC main.py:20: do_authenticate is `async def`/),
  ]);
});

test('a hook that begins with one of its arguments has forgotten self', () => {
  expect(check({ hooks: hook('authenticate', { first: 'gateway_user' }) })).toEqual([
    "warning SELF_MISSING main.py:8: authenticate begins with gateway_user, which is the plugin's instance there | Write authenticate(self, gateway_user, …). | main.py 8",
  ]);
  expect(check({ hooks: hook('authenticate', { first: '' }) })).toEqual([
    'warning SELF_MISSING main.py:8: authenticate has no first parameter for the instance, and cannot be called | Write authenticate(self, …). | main.py 8',
  ]);
  expect(check({ hooks: hook('authenticate', { first: 'this' }) })).toEqual([]);
  expect(check({ hooks: hook('authenticate', {}) })).toEqual([]);
});

test('what the text tells is told with its line', () => {
  const syntax = {
    endings: [{ name: 'authenticate', ...main(8) }],
    thrown: [{ file: '/plugin/lib/deny.py', line: 3 }],
  };
  expect(check({ syntax })).toEqual([
    'warning RETURNED_NOTHING main.py:8: authenticate can reach its end without a return; SPS then continues without asking the user | Return a verdict on every path; {"verdict": "NONE"} says that there is nothing to decide. | main.py 8',
    'warning VERDICT_THROWN_AWAY lib/deny.py:3: this verdict is created and then discarded | Put `return` before it. | lib/deny.py 3',
  ]);
});

test('a method of an SDK class is told to return what the SDK has for it', () => {
  expect(check({ syntax: { endings: [{ name: 'do_authenticate', ...main(8) }], thrown: [] } })).toEqual([
    'warning RETURNED_NOTHING main.py:8: do_authenticate can reach its end without a return; the SDK then denies without a reason | Return AAResponse.accept() or AAResponse.deny() on every path. | main.py 8',
  ]);
});

const aaMethods = ['do_authenticate', 'do_authorize', 'do_session_ended'];
const storeMethods = [
  'do_authentication_completed',
  'do_check_in_credential',
  'do_get_password_list',
  'do_get_private_key_list',
  'do_session_ended',
];

const onSdk = (methods: string[], ...names: string[]): { sdkClass: SdkClass } => ({
  sdkClass: { methods, own: Object.fromEntries(names.map((name, index) => [name, main(10 + index)])), place: main(6) },
});

test.each<[string[], PluginType, string[], string[]]>([
  [['do_authenticate'], 'aa', aaMethods, []],
  [['do_authorize', '_extract_username', 'helper', 'undo', 'download'], 'aa', aaMethods, []],
  [['_authentication_steps'], 'aa', aaMethods, []],
  [['authenticate', 'authorize'], 'aa', aaMethods, []],
  [['do_get_password_list', 'do_login', 'get_password'], 'credentialstore', storeMethods, []],
  [['do_authentikate'], 'aa', aaMethods, ['main.py:10: do_authentikate … do_authenticate']],
  [['do_authenticate', 'do_authorise'], 'aa', aaMethods, ['main.py:11: do_authorise … do_authorize']],
  [['_do_authenticate'], 'aa', aaMethods, ['main.py:10: _do_authenticate … do_authenticate']],
  [['doAuthenticate'], 'aa', aaMethods, ['main.py:10: doAuthenticate … do_authenticate']],
  [
    ['do_get_passwords_list'],
    'credentialstore',
    storeMethods,
    ['main.py:10: do_get_passwords_list … do_get_password_list'],
  ],
])(
  'of a class on the SDK that has %j (%s) is told what the SDK does in its place',
  (names, type, methods, expected) => {
    const short = check(onSdk(methods, ...names), type).map((text) => {
      const [, where, , similar, method] =
        /SDK_HOOK_MISSING (\S+:) ((\S+) is not called by the SDK, and (\S+) is missing)/.exec(text) ?? [];
      return `${where} ${similar} … ${method}`;
    });
    expect(short).toEqual(expected);
  },
);

test('a class on the SDK that has none of its methods is told those that matter', () => {
  expect(check(onSdk(aaMethods, '_extract_username'))).toEqual([
    "warning SDK_HOOK_MISSING main.py:6: the class has no do_authenticate; the SDK's own accepts everybody | Define do_authenticate(self). | main.py 6",
    "warning SDK_HOOK_MISSING main.py:6: the class has no do_authorize; the SDK's own accepts everybody | Define do_authorize(self). | main.py 6",
  ]);
  expect(check(onSdk(storeMethods), 'credentialstore')).toHaveLength(2);
});
