import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startGateway } from '../../../src/index.ts';
import { makeFolder, python, runHost } from '../fixture.ts';
import { type Script, writePlugins } from './scripted-plugins.ts';
import { startScripted } from './started-gateway.ts';

interface Refused {
  error: { code: string; message: string };
}

function startWith(plugin: string, ...args: string[]): ReturnType<typeof runHost<Refused>> {
  const state = path.join(path.dirname(plugin), 'state');
  return runHost<Refused>('gateway', '-p', plugin, '--python', python, '--state', state, ...args);
}

test.each([
  ['cannot be imported', (main: string) => `import no_such_module\n${main}`, 'IMPORT_FAILED'],
  ['lacks a hook', (main: string) => main.replace('def authenticate', 'def allow'), 'HOOK_MISSING'],
  ['awaits nobody', (main: string) => main.replace('    def authorize', '    async def authorize'), 'HOOK_IS_ASYNC'],
])('a plugin that %s ends the command with the code of its check', async (_, change, code) => {
  const [plugin = ''] = writePlugins(makeFolder(), {}, ['aa']).plugins;
  const main = path.join(plugin, 'main.py');
  writeFileSync(main, change(readFileSync(main, 'utf8')));
  const { exitCode, json } = await startWith(plugin, '--listen', '127.0.0.1:0');
  expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 1, code });
});

test('--force is no help against a plugin that cannot be imported', async () => {
  const [plugin = ''] = writePlugins(makeFolder(), {}, ['aa']).plugins;
  appendFileSync(path.join(plugin, 'main.py'), 'raise RuntimeError("no")\n');
  const { exitCode, json } = await startWith(plugin, '--listen', '127.0.0.1:0', '--force');
  expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 1, code: 'IMPORT_FAILED' });
  expect(json.error.message).toContain('main.py:');
});

test('an address that others can reach is warned of', async () => {
  const { told } = await startScripted({}, { types: ['aa'], listen: '0.0.0.0:0', expose: true });
  expect(told('problem')).toMatchObject([{ level: 'warning', code: 'NOT_LOOPBACK' }]);
});

const failing: Script = { authenticate: { raise: 'no' }, session_ended: { raise: 'no' } };

test('a problem is told when it becomes known, not at the end', async () => {
  const started = await startScripted(failing, { types: ['aa'], login: 'svc@127.0.0.1:1' });
  await started.ssh();
  await started.session();
  const happened = started.events.map((event) => [event.event, 'hook' in event ? event.hook : undefined]);
  expect(happened.slice(1)).toEqual([
    ['login', undefined],
    ['hook', 'authenticate'],
    ['problem', undefined],
    ['hook', 'session_ended'],
    ['problem', undefined],
    ['ended', undefined],
  ]);
});

test.each([
  [true, 'otp=778899@svc@127.0.0.1:1'],
  [false, 'otp=***@svc@127.0.0.1:1'],
])('with --show-secrets %s the events have the login name %s', async (showSecrets, shown) => {
  const options = { types: ['aa'], login: 'otp=778899@svc@127.0.0.1:1', showSecrets } as const;
  const started = await startScripted({}, options);
  await started.ssh();
  expect(await started.session()).toMatchObject({ gateway: { login: 'otp=***@svc@127.0.0.1:1' } });
  expect(started.told('login')).toMatchObject([{ login: shown }]);
});

test.each([
  ['maxSessions', 0],
  ['listen', 2222],
  ['allowTarget', '*'],
  ['targetHostKey', 'yes'],
  ['onEvent', 1],
])('the library refuses the option %s with the value %j', async (name, value) => {
  await expect(startScripted({}, { types: ['aa'], [name]: value })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(`^${name}: `),
  });
});

test('a listener of events that fails at the start leaves no port open', async () => {
  const folder = makeFolder();
  const { plugins } = writePlugins(folder, {}, ['aa']);
  let port = 0;
  const starting = startGateway({
    plugins,
    python,
    stateDir: path.join(folder, 'state'),
    listen: '127.0.0.1:0',
    onEvent: (event) => {
      if (event.event !== 'listening') return;
      port = Number(event.address.split(':')[1]);
      throw new Error('no log');
    },
  });
  await expect(starting).rejects.toThrow('no log');
  const socket = connect(port, '127.0.0.1');
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});
