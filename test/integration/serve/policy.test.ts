import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { runCommand } from '../fixture.ts';
import { packSample } from './pack-sample.ts';
import type { RestClient } from './rest-client.ts';
import { Served } from './served.ts';

let served: Served;

interface Committed {
  connection: string;
  instance: string;
  plugin: string;
}
let committed: Committed;

async function commitPolicies(client: RestClient): Promise<Committed> {
  await client.send('POST', '/api/transaction');
  const plugin = await client.create('/api/upload/plugins', await packSample('otp'));
  const policies = '/api/configuration/policies';
  const configuration = '[otp]\nsecret = abc\ncode = 123456\n';
  const instance = await client.create(`${policies}/aa_plugin_instances`, { name: 'otp', plugin, configuration });
  const ops = await client.create(`${policies}/usermapping`, {
    name: 'ops',
    mappings: [{ remote_user: 'root', allowed_groups: ['dba'] }],
  });
  const local = await client.create(`${policies}/credentialstores`, {
    name: 'local',
    type: {
      selection: 'local',
      entries: [{ host: '10.0.0.5', user: 'gatewayuser', passwords: [{ plain: 'from the store' }] }],
    },
  });
  const connect = async (name: string, more: JsonObject, policy: JsonObject): Promise<string> =>
    client.create('/api/configuration/ssh/connections', {
      name,
      network: { targets: ['10.0.0.5/32'], ports: [2222] },
      policies: policy,
      ...more,
    });
  const connection = await connect('ssh-lab', {}, { aa_plugin: instance, credential_store: local });
  await connect('mapped', {}, { aa_plugin: instance, usermapping_policy: ops });
  const dba = await client.create(`${policies}/aa_plugin_instances`, {
    name: 'otp-dba',
    plugin,
    configuration: `${configuration}groups = dba\n`,
  });
  await connect('mapped-dba', {}, { aa_plugin: dba, usermapping_policy: ops });
  await connect('off', { active: false }, { aa_plugin: instance });
  await connect('bare', {}, {});
  await client.send('PUT', '/api/transaction', { status: 'commit' });
  return { connection, instance, plugin };
}

beforeAll(async () => {
  served = await Served.start();
  using client = await served.loggedIn();
  committed = await commitPolicies(client);
  await served.close(); // no server need run
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

async function run(...args: string[]): Promise<{ exitCode: number | null; document: JsonObject }> {
  const { stdout, exitCode } = await runCommand([...args, '--json', '--state', served.stateDir]);
  return { exitCode, document: JSON.parse(stdout) as JsonObject };
}

describe('a committed connection policy', () => {
  test('gives simulate its plugins, configuration and arguments', async () => {
    const same = ['--set', 'server_username=gatewayuser'];
    const { exitCode, document } = await run('simulate', '--policy', 'ssh-lab', '--answer', 'otp=123456', ...same);
    const { connection: key, instance, plugin } = committed;
    expect(document).toMatchObject({
      ended: 'closed',
      policy: { name: 'ssh-lab', protocol: 'ssh', key },
      usermapping: { policy: null, gatewayUser: 'gatewayuser', remoteUser: 'gatewayuser', entry: null, allowed: true },
    });
    const steps = document['steps'] as JsonObject[];
    expect(steps.map(({ hook }) => hook)).toEqual(['authenticate', 'authenticate', 'authorize', 'session_ended']);
    expect(steps[3]).toMatchObject({ kwargs: { session_id: expect.stringMatching(/\/ssh-lab:0$/) } });
    expect(steps[2]).toMatchObject({
      plugin: { name: 'Sample_Otp', path: '/opt/scb/var/plugins/aa/Sample_Otp' },
      kwargs: { server_ip: '10.0.0.5', server_port: 2222 },
      policy: { name: 'ssh-lab', protocol: 'ssh', key, plugin, instance },
    });
    expect(exitCode).toBe(0);
  });

  test('refuses a remote user whom its usermapping does not allow, between authenticate and authorize', async () => {
    const { exitCode, document } = await run(
      'simulate',
      '--policy',
      'mapped',
      '--answer',
      'otp=123456',
      '--set',
      'server_username=root',
    );
    expect(document).toMatchObject({
      ended: 'denied',
      usermapping: { policy: 'ops', remoteUser: 'root', entry: null, allowed: false },
      problems: [{ level: 'warning', code: 'USERMAPPING_DENIED', message: expect.stringContaining('dba') }],
    });
    const steps = document['steps'] as JsonObject[];
    expect(steps.map(({ hook }) => hook)).toEqual(['authenticate', 'authenticate', 'session_ended']);
    expect(exitCode).toBe(0);
    const asRoot = ['--answer', 'otp=123456', '--set', 'server_username=root'];
    const other = await run('simulate', '--policy', 'mapped-dba', ...asRoot);
    expect(other.document).toMatchObject({ ended: 'closed', usermapping: { entry: 0, allowed: true } });
  });

  test('gives invoke the plugin that has the hook', async () => {
    const { exitCode, document } = await run('invoke', 'authenticate', '--policy', 'ssh/ssh-lab');
    expect(document).toMatchObject({
      verdict: 'NEEDINFO',
      kwargs: { gateway_user: 'gatewayuser' },
      policy: { name: 'ssh-lab', plugin: committed.plugin, instance: committed.instance },
    });
    expect(exitCode).toBe(0);
  });

  test('gives kwargs its arguments', async () => {
    const { document } = await run('kwargs', 'authorize', '--policy', 'ssh-lab');
    expect(document).toMatchObject({ connection_name: 'ssh-lab', server_ip: '10.0.0.5', server_port: 2222 });
  });

  test.each([
    ['an unknown name', ['simulate', '--policy', 'ssh-lap'], 'POLICY_UNKNOWN', 2],
    ['a suspended one', ['simulate', '--policy', 'off'], 'POLICY_INACTIVE', 1],
    ['one without plugins', ['simulate', '--policy', 'bare'], 'POLICY_WITHOUT_PLUGIN', 1],
    [
      'a hook that its plugins lack',
      ['invoke', 'get_password_list', '--policy', 'ssh-lab'],
      'POLICY_WITHOUT_PLUGIN',
      1,
    ],
    ['a connection of another protocol', ['simulate', '--policy', 'ssh-lab', '--connection', 'rdp'], 'USAGE', 2],
    ['a path besides', ['invoke', 'authenticate', '--policy', 'ssh-lab', '-p', '.'], 'USAGE', 2],
    ['a configuration besides', ['simulate', '--policy', 'ssh-lab', '--config', 'x'], 'USAGE', 2],
  ])('is refused for %s', async (_, args, code, expected) => {
    const { exitCode, document } = await run(...args);
    expect(document).toMatchObject({ error: { code } });
    expect(exitCode).toBe(expected);
  });

  test('is used although it is suspended with --force', async () => {
    const { document } = await run(
      'simulate',
      '--policy',
      'off',
      '--force',
      '--set',
      'server_username=gatewayuser',
      '--answer',
      'otp=123456',
    );
    expect(document).toMatchObject({ ended: 'closed' });
  });
});

describe('a test file', () => {
  async function runFile(name: string, text: string): Promise<{ exitCode: number | null; document: JsonObject }> {
    const file = path.join(served.stateDir, name);
    writeFileSync(file, text);
    return run('test', file);
  }

  test('that names a policy calls its plugins with its configuration and arguments', async () => {
    const { exitCode, document } = await runFile(
      'lab.plugin-test.yaml',
      `policy: ssh/ssh-lab
services: { userLists: { vips: { default: none, except: [] } } }
cases:
  - name: the right answer lets the user in
    steps:
      - hook: authenticate
        expect: { verdict: NEEDINFO }
      - hook: authenticate
        answers: { otp: '123456' }
        expect: { verdict: ACCEPT }
      - hook: authorize
        expect: { verdict: ACCEPT }
  - name: the arguments of a case lie over those of the policy
    hook: authenticate
    connection: { base: ssh-gateway, client_ip: 10.9.9.9 }
    login: otp=123456@root
    expect: { verdict: ACCEPT }
  - name: a connection of another protocol
    hook: authenticate
    connection: rdp
  - name: a hook that its plugins lack
    hook: get_password_list
  - name: a wrong expectation shows how to repeat the call
    hook: authorize
    expect: { verdict: ACCEPT }
`,
    );
    const [suite] = document['suites'] as JsonObject[];
    const cases = suite?.['cases'] as JsonObject[];
    expect(cases.map(({ passed }) => passed)).toEqual([true, true, false, false, false]);
    expect(cases[2]).toMatchObject({ failure: { message: expect.stringContaining('USAGE: rdp') } });
    expect(cases[3]).toMatchObject({ failure: { message: expect.stringContaining('POLICY_WITHOUT_PLUGIN') } });
    expect(cases[4]).toMatchObject({
      failure: { detail: expect.stringContaining('plugin-host invoke authorize --policy ssh/ssh-lab --state') },
    });
    expect(exitCode).toBe(1);
  });

  test.each([
    ['a policy and a plugin', 'policy: ssh-lab\nplugin: .\n', 'has plugin and policy; leave one of them out'],
    ['neither', '', 'needs plugin or policy'],
  ])('that names %s is refused', async (_, head, message) => {
    const { exitCode, document } = await runFile(
      'both.plugin-test.yaml',
      `${head}cases: [{ name: x, hook: authenticate }]\n`,
    );
    expect(document).toMatchObject({ error: { code: 'TEST_INVALID', message: expect.stringContaining(message) } });
    expect(exitCode).toBe(1);
  });

  test('that is a scenario finds the policy in the state folder of the run', async () => {
    const { exitCode } = await runFile(
      'lab.scenario.yaml',
      `policy: ssh-lab
connection: { server_username: gatewayuser }
answers: { otp: '123456' }
expect: { ended: closed, steps: [authenticate, authenticate, authorize, session_ended] }
`,
    );
    expect(exitCode).toBe(0);
  });
});
