import { describe, expect, test } from 'vitest';
import { offered, taken } from '../edited.ts';

const store = { MANIFEST: 'name: X\ntype: credentialstore\nversion: "1"\napi: "1.8"\nentry_point: main.py\n' };
const start = 'plugin: .\ncases:\n  - name: x\n';

describe('keys', () => {
  test.each([
    ['of a new file', 'x.plugin-test.yaml', '|', ['cases', 'plugin']],
    [
      'of a mapping that has some',
      'plugin-host.yaml',
      'services:\n  box:\n    gatewayFqdn: x\n    h|',
      ['httpProxy', 'starlingJoin'],
    ],
    ['of an item behind its dash', 'plugin-host.yaml', 'backends:\n  - |', ['address', 'port', 'http', 'radius']],
    ['between braces', 'x.plugin-test.yaml', `${start}    expect: {outcome: raised, e|}`, ['value']],
    ['in an empty line above others', 'x.plugin-test.yaml', `${start}    expect:\n      |\n  - name: y\n`, ['outcome']],
    [
      'of a MANIFEST, those it needs first',
      'MANIFEST',
      'name: X\n|',
      ['type', 'version', 'api', 'entry_point', 'description'],
    ],
    ['of a scenario', 'x.scenario.yaml', 'target:\n  |', ['passwords', 'publicKeys']],
    [
      'of a step of a script',
      'x.json',
      '{"BackEnd": "Scriptable", "CheckSystem": {"Do": [{"|"}]}}',
      ['Return', 'Break'],
    ],
    [
      'of a command',
      'x.json',
      '{"BackEnd": "", "X": {"Do": [{"Send": {"Buffer": 1, "|"}}]}}',
      ['ConnectionObjectName'],
    ],
    [
      'of a command behind an unfinished text',
      'x.json',
      '{"BackEnd": "", "X": {"Do": [{"Send": {"|\n}}]}}',
      ['Buffer'],
    ],
    [
      'of a case of a platform test',
      'x.platform-test.yaml',
      'script: s.json\ncases:\n  - name: x\n    |',
      ['operation'],
    ],
  ])('%s are offered', (_what, name, text, expected) => {
    expect(offered(name, text)).toEqual(expect.arrayContaining(expected));
    expect(offered(name, text)).not.toContain('gatewayFqdn');
  });

  test('of another place are not offered', () => {
    expect(offered('plugin-host.yaml', 'services:\n  box:\n    |')).toEqual([
      'gatewayFqdn',
      'httpProxy',
      'starlingJoin',
    ]);
    expect(offered('plugin-host.yaml', 'config: >\n  py|\n')).toEqual([]);
    expect(offered('plugin-host.yaml', '# py|')).toEqual([]);
  });

  test('come with their colon', () => {
    expect(taken('python', 'plugin-host.yaml', 'py|\n')).toBe('python: \n');
    expect(taken('services', 'plugin-host.yaml', 'ser|')).toBe('services:');
    expect(taken('python', 'plugin-host.yaml', 'py|ton: x\n')).toBe('python: x\n');
    expect(taken('Send', 'x.json', '{"BackEnd": "", "X": {"Do": [{S|}]}}')).toContain('{"Send": }');
    expect(taken('Send', 'x.json', '{"BackEnd": "", "X": {"Do": [{"S|"}]}}')).toContain('{"Send"}');
  });
});

describe('values', () => {
  test.each([
    ['that are fixed', 'MANIFEST', 'type: |', ['aa', 'credentialstore', 'signingca', 'configuration_sync']],
    [
      'that are usual',
      'x.plugin-test.yaml',
      `${start}    expect: {verdict: |}`,
      ['ACCEPT', 'DENY', 'NEEDINFO', 'NONE'],
    ],
    ['yes and no', 'x.scenario.yaml', 'usermapping: |', ['true', 'false']],
    ['of items', 'x.scenario.yaml', 'expect:\n  steps:\n    - auth|', ['authenticate', 'authorize']],
  ])('%s are offered', (_what, name, text, expected) => {
    expect(offered(name, text)).toEqual(expect.arrayContaining(expected));
  });

  test('are quoted where YAML would read something else', () => {
    expect(taken('1.9', 'MANIFEST', 'api: |')).toBe('api: "1.9"');
    expect(taken('aa', 'MANIFEST', 'type: |')).toBe('type: aa');
    expect(taken('true', 'x.scenario.yaml', 'usermapping: |')).toBe('usermapping: true');
  });
});

describe('what no schema knows', () => {
  const test1 = `${start}    hook: get_password_list\n`;

  test('hooks are those of the plugin, in the API of its MANIFEST', () => {
    const hooks = offered('x.plugin-test.yaml', `${start}    hook: |`, store);
    expect(hooks).toContain('get_remote_app_credentials');
    expect(hooks).not.toContain('authenticate');
    expect(hooks).not.toContain('get_totp_codes'); // since 1.9
  });

  test('hooks of a plugin that is not known are those of all types', () => {
    const hooks = offered('x.plugin-test.yaml', `${start}    hook: |`);
    expect(hooks).toEqual(expect.arrayContaining(['authenticate', 'get_password_list']));
    expect(hooks.filter((name) => name === 'session_ended')).toHaveLength(1);
  });

  test.each([
    `${test1}    kwargs: {server_ip: x, |}`,
    `${test1}    kwargs:\n      server_ip: x\n      g|\n    expect: {}\n`,
  ])('arguments are those of the hook, in %j', (text) => {
    const names = offered('x.plugin-test.yaml', text, store);
    expect(names).toEqual(expect.arrayContaining(['gateway_password', 'server_username']));
    expect(names).not.toContain('server_ip');
    expect(names.indexOf('target_host')).toBeGreaterThan(names.indexOf('server_hostname'));
  });

  test('arguments of a step are those of its own hook', () => {
    const steps = `${start}    steps:\n      - hook: session_ended\n        kwargs: {|}\n      - hook: get_password_list\n`;
    expect(offered('x.plugin-test.yaml', steps, store)).toEqual(['session_id', 'cookie', 'session_cookie']);
  });

  test('keys of a result are those of the hook', () => {
    expect(offered('x.plugin-test.yaml', `${test1}    expect: {value: {|}}`, store)).toContain('passwords');
  });

  test('operations and parameters of a test are those of its script', () => {
    const script =
      '{"Id": "X", "BackEnd": "Scriptable", "CheckSystem": {"Parameters": [{"Address": {"Type": "String"}}], "Do": []}}';
    const begin = 'script: s.json\ncases:\n  - name: x\n';
    expect(offered('x.platform-test.yaml', `${begin}    operation: |`, { 's.json': script })).toEqual(['CheckSystem']);
    expect(offered('x.platform-test.yaml', `${begin}    parameters: {|}`, { 's.json': script })).toEqual(['Address']);
  });

  test('variables and parameters are those of the script', () => {
    const script =
      '{"BackEnd": "", "X": {"Parameters": [{"Address": {"Type": "String"}}], "Do": [{"Connect": {"ConnectionObjectName": "Session", "Type": "Ssh"}}, #]}}';
    const send = script.replace('#', '{"Send": {"ConnectionObjectName": "|"}}');
    expect(offered('x.json', send)).toEqual(['Session']);
    const value = script.replace('#', '{"Send": {"Buffer": "to %|"}}');
    expect(offered('x.json', value)).toEqual(['Address', 'Session']);
    expect(taken('Address', 'x.json', value)).toContain('"to %Address%"');
    expect(taken('Address', 'x.json', value.replace('%|', '%Addr|%'))).toContain('"to %Address%"');
  });

  test('functions are those of the script, also while it is no JSON', () => {
    const script = '{"BackEnd": "", "Functions": [{"Name": "Login"}], "X": {"Do": [{"Function": {"Name": "|"}}]}';
    expect(offered('x.json', script)).toContain('Login');
    expect(offered('x.json', `${script}}`)).toContain('Login');
  });
});

describe('in the source of a plugin', () => {
  const begin = 'import os\n\n\nclass Plugin:\n    def __init__(self, configuration):\n        pass\n\n';

  test('hooks that it has not yet are offered', () => {
    const text = `${begin}    def session_ended(self):\n        pass\n\n    def |`;
    const hooks = offered('main.py', text, store);
    expect(hooks).toContain('get_password_list');
    expect(hooks).not.toContain('session_ended');
    expect(taken('get_password_list', 'main.py', text, store)).toMatch(
      / {4}def get_password_list\(self, cookie, session_cookie\):$/,
    );
    expect(taken('get_password_list', 'main.py', `${begin}    get|`, store)).toMatch(
      /\n {4}def get_password_list\(self/,
    );
    expect(taken('get_password_list', 'main.py', `${begin}    def g|et(self):`, store)).toMatch(
      /get_password_listet\(self\):$/,
    );
  });

  test.each([
    `${begin}    def get_password_list(self, cookie, |`,
    `${begin}    def get_password_list(self, |, cookie):\n        pass\n`,
    `${begin}    def get_password_list(\n        self,\n        cookie,\n        |\n    ):\n        pass\n`,
  ])('arguments of the hook that it has not yet are offered, in %j', (text) => {
    const names = offered('main.py', text, store);
    expect(names).toContain('server_username');
    expect(names).not.toContain('cookie');
    expect(names).not.toContain('self');
  });

  test.each([
    ['another class', 'class Other:\n    def |'],
    ['behind the class', `${begin}def |`],
    ['a method that is no hook', `${begin}    def helper(self, |`],
    ['a call', `${begin}    def get_password_list(self):\n        print(|`],
  ])('nothing is offered in %s', (_what, text) => {
    expect(offered('main.py', text, store)).toEqual([]);
  });

  test('nothing is offered in a file that the MANIFEST does not name', () => {
    expect(offered('lib.py', `${begin}    def |`, store)).toEqual([]);
    expect(offered('main.py', `${begin}    def |`)).toEqual([]);
  });

  test('of TypeScript too', () => {
    const typescript = { MANIFEST: 'type: aa\napi: "1.9"\nentry_point: main.ts\n' };
    const open = 'export class Plugin {\n  constructor(configuration: string) {}\n\n';
    expect(offered('main.ts', `${open}  auth|`, typescript)).toContain('authenticate');
    expect(taken('authenticate', 'main.ts', `${open}  auth|`, typescript)).toMatch(
      /authenticate\(\{ cookie, session_cookie \}\)$/,
    );
    const names = offered('main.ts', `${open}  authenticate({ cookie, | }: AuthenticateArguments) {`, typescript);
    expect(names).toContain('gateway_user');
    expect(names).not.toContain('cookie');
    expect(offered('main.ts', `${open}  authenticate() {\n    ret|`, typescript)).toEqual([]);
  });
});
