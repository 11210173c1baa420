import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, type GatewayEvent, startGateway } from '../../../src/index.ts';
import { makeFolder, python } from '../fixture.ts';
import { noRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { runProgram, startTargetServer, type TargetServer } from './open-ssh.ts';
import { writePlugins } from './scripted-plugins.ts';

/** A Python that has asyncssh, else one is made with the package from the index. */
let withAsyncssh = process.env['PLUGIN_HOST_ASYNCSSH_PYTHON'];
const isInstalling = withAsyncssh === undefined && Boolean(process.env['PLUGIN_HOST_INSTALL']);
const noAsyncssh =
  withAsyncssh === undefined && !isInstalling
    ? 'set PLUGIN_HOST_INSTALL=1 to install asyncssh, or PLUGIN_HOST_ASYNCSSH_PYTHON to a Python that has it'
    : undefined;
const plink = '/usr/bin/plink';
const noPlink = existsSync(plink) ? undefined : 'there is no plink (Debian: apt install putty-tools)';
for (const why of [noAsyncssh, noPlink]) {
  if (why !== undefined) process.stderr.write(`a client through the gateway: SKIPPED: ${why}\n`);
}

describe.skipIf(noRealSshd !== undefined)(withRealSshd('other clients than OpenSSH'), () => {
  let target: TargetServer;
  let gateway: Gateway;
  const events: GatewayEvent[] = [];
  const channels = (): GatewayEvent[] => events.filter(({ event }) => event === 'channel');
  const login = (): string => `svc@127.0.0.1:${target.port}`;

  beforeAll(async () => {
    if (isInstalling) {
      const folder = makeFolder();
      execFileSync(python, ['-m', 'venv', folder]);
      withAsyncssh = path.join(folder, 'bin/python');
      execFileSync(withAsyncssh, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'asyncssh']);
    }
    target = await startTargetServer();
    const own = makeFolder();
    const key = readFileSync(target.keyFile, 'utf8');
    const asking = { return: { verdict: 'NEEDINFO', question: ['otp', 'One-time password: ', true] } };
    const script = {
      authenticate: [asking, { return: { verdict: 'ACCEPT' } }],
      get_private_key_list: { return: { private_keys: [['ssh-ed25519', key]] } },
    };
    gateway = await startGateway({
      plugins: writePlugins(own, script, ['aa', 'credentialstore']).plugins,
      stateDir: path.join(own, 'state'),
      python,
      listen: '127.0.0.1:0',
      allowForwarding: [`127.0.0.1:${target.port}`],
      onEvent: (event) => events.push(event),
    });
  }, 300_000);
  afterAll(async () => {
    await gateway.close();
    await target.stop();
  });

  test.skipIf(noPlink !== undefined)(
    'plink answers a question, and has a command with its errors and status',
    async () => {
      events.length = 0;
      const own = ['-ssh', '-batch', '-noagent', '-hostkey', gateway.hostKey.fingerprint, '-pw', '123456'];
      const args = [...own, '-P', String(gateway.port), '-l', login(), '127.0.0.1', 'cat; echo wrong >&2; exit 6'];
      const ended = await runProgram(plink, args, { input: 'in', env: { HOME: makeFolder() } });
      expect([ended.status, ended.stdout.toString()]).toEqual([6, 'in']);
      expect(ended.stderr).toMatch(/wrong\n$/);
      await expect.poll(channels).toMatchObject([{ type: 'exec', exitStatus: 6, bytesIn: 2, bytesOut: 8 }]);
    },
  );

  test.skipIf(noAsyncssh !== undefined)(
    'asyncssh has commands, signals, terminals, files and forwardings',
    async () => {
      events.length = 0;
      const program = path.join(import.meta.dirname, 'asyncssh-client.py');
      const ended = await runProgram(withAsyncssh ?? '', [program, login(), String(gateway.port), String(target.port)]);
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse(ended.stdout.toString())).toEqual({
        asked: [['One-time password: ', false]],
        command: ['in', 'wrong\n', 5],
        digest: true,
        signal: ['got\n', 3],
        killed: ['KILL'],
        terminal: { intr: true, echo: true },
        'at once': ['0', '1', '2', '3', '4', '5', '6', '7'],
        sftp: true,
        forward: true,
        refused: [1, expect.stringContaining('the gateway does not allow this')],
      });
      await expect.poll(() => channels().length).toBe(16);
    },
  );
});
