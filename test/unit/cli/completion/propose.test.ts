import path from 'node:path';
import { expect, test } from 'vitest';
import { findValues } from '../../../../src/cli/completion/find-values.ts';
import { propose, type Proposal } from '../../../../src/cli/completion/propose.ts';
import { createCommands } from '../../../../src/cli/create-commands.ts';

const samples = path.resolve(import.meta.dirname, '../../../../sample-plugins');
const linux = path.join(samples, 'platform/linux/linux.json');

async function proposed(...words: string[]): Promise<Proposal> {
  return propose(words, createCommands(), findValues);
}

async function wordsOf(...words: string[]): Promise<string[]> {
  const { candidates } = await proposed(...words);
  return candidates.map(({ word }) => word);
}

test.each([
  [[''], ['invoke', 'session', 'kvgroup', 'completion']],
  [['--'], ['--help', '--version', '--quiet']],
  [['he'], ['help']],
  [
    ['help', 'session', ''],
    ['ls', 'show'],
  ],
  [
    ['-q', 'session', ''],
    ['ls', 'show'],
  ],
  [
    ['session', ''],
    ['ls', 'replay', 'import'],
  ],
  [
    ['invoke', ''],
    ['authenticate', 'get_password_list'],
  ],
  [
    ['invoke', '--'],
    ['--json', '--session-cookie', '--help'],
  ],
  [['kwargs', 'get_private_key_list', '-'], ['--type']],
  [
    ['init', ''],
    ['aa', 'credentialstore'],
  ],
  [
    ['init', 'aa', 'x', '--language', ''],
    ['python', 'typescript'],
  ],
  [
    ['session', 'ls', ''],
    ['--json', '--help'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['invoke', 'authenticate', '--connection', ''],
    ['ssh', 'rdp-gateway', 'mssql'],
  ],
  [
    ['invoke', 'authenticate', '--connection=rd'],
    ['--connection=rdp', '--connection=rdp-gateway'],
  ],
  [
    ['invoke', 'get_password_list', '--api', ''],
    ['1.0', '1.9'],
  ],
  [
    ['check', '--sps-version', ''],
    ['7.5.1', '9.0.0'],
  ],
  [
    ['test', '--reporter', ''],
    ['pretty', 'junit'],
  ],
  [
    ['check', '--reporter', ''],
    ['pretty', 'sarif'],
  ],
  [
    ['simulate', ''],
    ['SshWithGatewayAuth', 'Telnet'],
  ],
  [
    ['simulate', '--chaos', 'timeout@auth'],
    ['timeout@authenticate', 'timeout@authorize'],
  ],
  [
    ['kvgroup', 'run', 'x', '--point', '0'],
    ['01', '03'],
  ],
  [
    ['kvgroup', 'fixture', ''],
    ['03', '57'],
  ],
  [
    ['platform', 'init', 'x', '--kind', ''],
    ['http', 'ssh', 'telnet'],
  ],
  [
    ['platform', 'commands', 'Con'],
    ['Connect', 'Condition'],
  ],
  [
    ['platform', 'run', linux, 'C'],
    ['CheckSystem', 'ChangePassword'],
  ],
  [['platform', 'run', linux, 'CheckPassword', '--set', 'Ad'], ['Address=']],
  [['platform', 'run', linux, 'CheckPassword', '--secret', 'FuncPassword=p'], ['FuncPassword=prompt']],
  [['python', 'install', '--sdk', '1.9'], ['1.9.1']],
  [
    ['invoke', 'get_password_list', '--set', 'server_'],
    ['server_username=', 'server_port='],
  ],
])('after %j there are %j', async (words, some) => {
  expect(await wordsOf(...words)).toEqual(expect.arrayContaining(some));
});

test('hooks are those of the plugin on the line', async () => {
  const hooks = await wordsOf('invoke', '-p', path.join(samples, 'vault'), '');
  expect(hooks).toContain('get_password_list');
  expect(hooks).not.toContain('authenticate');
});

test.each([
  [['invoke', 'authenticate', '-p', ''], 'files', ''],
  [['invoke', 'authenticate', '--config', 'x'], 'files', ''],
  [['invoke', 'authenticate', '--config=x'], 'files', '--config='],
  [['invoke', 'authenticate', '-k', '@x'], 'files', '@'],
  [['invoke', 'authenticate', '--state', ''], 'folders', ''],
  [['check', ''], 'files', ''],
  [['check', 'one', ''], 'files', ''],
  [['init', 'aa', ''], 'folders', ''],
  [['simulate', ''], 'files', ''],
  [['kvgroup', 'run', ''], 'files', ''],
] as [string[], string, string][])('after %j there are %s behind "%s"', async (words, paths, prefix) => {
  expect(await proposed(...words)).toMatchObject({ paths, prefix });
});

test.each([
  [['invoke', 'authenticate', 'more', 'i'], 'no third word'],
  [['invoke', 'authenticate', '--cookie', ''], 'any JSON'],
  [['invok', ''], 'no such command'],
  [['platform', 'run', 'nowhere.json', ''], 'no such file'],
] as [string[], string][])('after %j there is nothing: %s', async (...[words]) => {
  expect(await proposed(...words)).toMatchObject({ candidates: [], paths: undefined });
});

test('an option that was given is not proposed again, unless it is repeatable', async () => {
  const options = await wordsOf('invoke', 'authenticate', '--cold', '--set', 'a=1', '--');
  expect(options).toContain('--set');
  expect(options).not.toContain('--cold');
});

test('a name of an argument is followed by its value, without a blank', async () => {
  expect(await proposed('invoke', 'get_password_list', '--set', 'server_u')).toMatchObject({ isOpen: true });
});
