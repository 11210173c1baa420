import { duplexPair, PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { connectSupervisor } from '../../../../src/process/connect-supervisor.ts';
import { ControlChannel } from '../../../../src/process/control-channel.ts';
import { RequestProcess } from '../../../../src/process/request-process.ts';
import { runShim } from '../../../../src/sps/invocation/run-shim.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';

const plugin: Plugin = {
  name: 'Trial',
  version: '1.0',
  type: 'credentialstore',
  api: '1.9',
  entryPoint: 'main.py',
  language: 'python',
  path: '.',
  root: '/',
  warnings: [],
};

const settings = {
  python: process.execPath,
  node: process.execPath,
  compileCache: undefined,
  hostEnvironment: {},
  environment: {},
  limits: {},
};

const request = {
  mode: 'describe',
  root: '/',
  entry: 'main.py',
  environment: {},
  appliance: null,
  debug: null,
  hooks: [] as string[],
  needed: [] as string[],
  judging: [] as string[],
  configuration: '',
  isConfigurationGiven: false,
} as const;

test('a hook that had begun in a forked process is not called again when that process breaks', async () => {
  const [log, input, reply] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [hostSide, control] = duplexPair();
  const child = new RequestProcess(
    (events) =>
      connectSupervisor(
        { control: new ControlChannel(hostSide), log, input, reply },
        {
          ended: Promise.resolve({}),
          sweep: () => [],
          pin: () => undefined,
          wake: () => undefined,
          kill: () => undefined,
          name: 'python',
          bootedAt: 0,
          hold: () => undefined,
        },
        events,
      ),
    { replyLimitBytes: 1000, replyTotal: 1000, logLimitBytes: 1000 },
  );
  const takes: string[] = [];
  const shims = {
    take: () => {
      takes.push('taken');
      return Promise.resolve({ child, isPrepared: true });
    },
  };
  reply.write('ready \n');
  const running = runShim({ plugin, settings, request, shims, allowedMs: 60_000 });
  const failure = running.catch(String);
  await new Promise(setImmediate);
  reply.write('phase import\nphase constructor\nphase hook\n');
  await new Promise(setImmediate);
  control.end('started 0\nfailed it broke\n');
  for (const each of [log, reply]) each.end();
  // A fresh interpreter would be Node here, which ends in another way.
  expect(await failure).toBe('PluginHostError: python could not be run: it broke');
  expect(takes).toEqual(['taken']);
});
