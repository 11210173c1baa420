import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from 'ssh2';
import { afterAll, describe, expect, test } from 'vitest';
import type { SshDescription } from '../../../src/targets/description/target-description.ts';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import type { Target } from '../../../src/targets/running/target.ts';
import { hasProgram, runClient } from './run-client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'targets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const start = (ssh: SshDescription, options?: Parameters<typeof startTarget>[1]): Promise<Target> =>
  startTarget({ ssh }, options);

function connect(target: Target, config: ConnectConfig = {}): Promise<Client> {
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    client.on('ready', () => {
      resolve(client);
    });
    client.on('error', reject);
    client.connect({ host: '127.0.0.1', port: target.loopbackPort, username: 'svc', password: 'p', ...config });
  });
}

const closed = (client: Client): Promise<void> => new Promise((resolve) => client.on('close', resolve));

function exec(client: Client, command: string, input?: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      let [output, errors] = ['', ''];
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      stream.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      stream.on('close', (code: number | null, signal?: string) => {
        resolve([code ?? signal, output, errors]);
      });
      if (input !== undefined) stream.end(input);
    });
  });
}

/** A shell, and what it shows until a text comes. */
async function openShell(client: Client): Promise<{ stream: ClientChannel; until: (text: string) => Promise<string> }> {
  const stream = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell({ term: 'dumb', cols: 1000 }, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  let shown = '';
  stream.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  return {
    stream,
    until: async (text) => {
      await expect.poll(() => shown, { timeout: 30_000, interval: 5 }).toContain(text);
      const got = shown;
      shown = '';
      return got;
    },
  };
}

describe('a command alone', () => {
  test('is answered with output, errors and its end', async () => {
    await using target = await start({
      commands: [
        { command: 'both', output: 'a\n', stderr: 'b\n', exit: 3 },
        { command: { matches: '^cat\\b' }, stdin: [{ contains: 'x' }], output: 'read\n' },
        { command: 'kill', signal: 'KILL' },
      ],
    });
    const client = await connect(target);
    expect(await exec(client, ' both ')).toEqual([3, 'a\n', 'b\n']);
    expect(await exec(client, 'cat -', 'wxyz\n')).toEqual([0, 'read\n', '']);
    expect(await exec(client, 'kill')).toEqual(['SIGKILL', '', '']);
    expect(await exec(client, 'nope 1')).toEqual([127, '', 'bash: nope: command not found\n']);
    client.end();
    expect(target.commands).toEqual([
      { command: 'both', exit: 3 },
      { command: 'cat -', stdin: ['wxyz'], exit: 0 },
      { command: 'kill', exit: null, signal: 'KILL' },
      { command: 'nope 1', exit: 127 },
    ]);
    expect(target.unmatched.map(({ got }) => got)).toEqual(['nope 1']);
  });

  test('that asks for no input has what was sent to it in its record, once its channel has closed', async () => {
    await using target = await start({ commands: [{ command: 'a' }] });
    const client = await connect(target);
    expect(await exec(client, 'a', 'one\ntwo\n')).toEqual([0, '', '']);
    await expect.poll(() => target.commands).toEqual([{ command: 'a', stdin: ['one', 'two'], exit: 0 }]);
    client.end();
  });

  test('may hang until the client leaves, or end with the connection', async () => {
    await using target = await start({
      commands: [
        { command: 'hang', hang: true, output: 'on it' },
        { command: 'die', output: 'dying', disconnect: true },
      ],
    });
    const [hanging, dying] = [await connect(target), await connect(target)];
    const gone = closed(dying);
    expect((await exec(dying, 'die'))[1]).toBe('dying');
    await gone;
    void exec(hanging, 'hang', 'input that ends\n');
    await expect.poll(() => target.commands.length).toBe(2);
    hanging.end();
    await closed(hanging);
    expect(target.commands.map((each) => 'exit' in each && each.exit)).toEqual([null, null]);
  });
});

describe('a shell', () => {
  test('runs a dialogue as passwd does', async () => {
    await using target = await start(
      {
        motd: 'Welcome',
        commands: [
          {
            command: 'passwd ${User}',
            dialogue: [
              { prompt: 'New password: ', expect: '${New}', hidden: true },
              { delay: '20ms', send: 'passwd: updated\n' },
            ],
          },
        ],
      },
      { values: { User: 'root', New: 'n3w' } },
    );
    const client = await connect(target);
    const { stream, until } = await openShell(client);
    expect(await until('$ ')).toBe('Welcome\r\n$ ');
    stream.write('passwd root\n');
    expect(await until('password: ')).toBe('passwd root\r\nNew password: ');
    stream.write('n3w\n');
    expect(await until('$ ')).toBe('\r\npasswd: updated\r\n$ ');
    const gone = new Promise((resolve) => stream.on('exit', resolve));
    stream.write('exit 4\n');
    expect(await gone).toBe(4);
    client.end();
    expect(target.commands).toEqual([
      { command: 'passwd root', exit: 0 },
      { input: 'n3w' },
      { command: 'exit 4', exit: 4 },
    ]);
    expect(target.unmatched).toEqual([]);
  });
});

describe('a login', () => {
  const users = { svc: { password: 'p' } };

  test.each<[string, ConnectConfig]>([
    ['the password', { password: 'p' }],
    ['a prompt for the password', { password: 'p', tryKeyboard: true, authHandler: ['keyboard-interactive'] }],
  ])('with %s is accepted', async (_what, config) => {
    await using target = await start({ users });
    const client = new ssh2.Client();
    client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) => {
      finish(prompts.map(({ prompt }) => (prompt === 'Password: ' ? 'p' : '')));
    });
    const ready = new Promise<void>((resolve, reject) => {
      client.on('ready', resolve);
      client.on('error', reject);
    });
    client.connect({ host: '127.0.0.1', port: target.loopbackPort, username: 'svc', ...config });
    await ready;
    client.end();
  });

  test.each<[string, ConnectConfig]>([
    ['another password', { password: 'q' }],
    ['another user', { username: 'root' }],
  ])('with %s is refused', async (_what, config) => {
    await using target = await start({ users });
    await expect(connect(target, config)).rejects.toThrow('All configured authentication methods failed');
  });

  test('with a key is accepted when it is the right one', async () => {
    const [own, other] = [
      ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }),
      ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }),
    ];
    await using target = await start({ users: { svc: { keys: [own.public] } } });
    const client = await connect(target, { privateKey: own.private });
    client.end();
    await expect(connect(target, { privateKey: other.private })).rejects.toThrow('All configured');
  });
});

describe('a host', () => {
  test.each(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'])('shows its key of type %s', async (hostKey) => {
    await using target = await start({ hostKey, banner: 'OpenSSH_7.4' });
    let shown = '';
    const client = await connect(target, {
      hostVerifier: (key: Buffer) => {
        shown = key.toString('base64');
        return true;
      },
    });
    expect(`${hostKey} ${shown}`).toBe(target.hostKey);
    expect((client as unknown as { _remoteVer: string })._remoteVer).toBe('OpenSSH_7.4');
    client.end();
  });

  test('shows the key of its file', async () => {
    const file = path.join(folder, 'host');
    const { private: text, public: line } = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    writeFileSync(file, text);
    await using target = await start({ hostKey: 'host' }, { folder });
    expect(target.hostKey).toBe(line.trim());
  });

  test('that refuses is not there', async () => {
    await using target = await start({ refuse: true });
    await expect(connect(target)).rejects.toThrow('ECONNREFUSED');
    expect(target.hostKey).toMatch(/^ssh-ed25519 /);
  });

  test('lets its clients go when it closes', async () => {
    const target = await start({ commands: [{ command: 'a', delay: '10m' }] });
    const client = await connect(target);
    const gone = closed(client);
    void exec(client, 'a');
    await expect.poll(() => target.commands.length).toBe(1);
    await Promise.all([target.close(), gone]);
  });
});

describe.skipIf(!hasProgram('ssh') || !hasProgram('ssh-keygen'))('OpenSSH', () => {
  test('logs in with a key to a host that it knows', async () => {
    const key = path.join(folder, 'id');
    await runClient('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await using target = await start({
      users: { svc: { keys: [readFileSync(`${key}.pub`, 'utf8').trim()] } },
      commands: [
        { command: 'id -un', output: 'svc\n', stderr: 'note\n', exit: 5 },
        { command: 'tee', stdin: ['a', 'b'], output: 'got it\n' },
      ],
    });
    const known = path.join(folder, 'known_hosts');
    writeFileSync(known, `[127.0.0.1]:${target.loopbackPort} ${target.hostKey ?? ''}\n`);
    const options = [
      '-F',
      'none',
      '-i',
      key,
      '-o',
      `UserKnownHostsFile=${known}`,
      '-o',
      'BatchMode=yes',
      '-o',
      'IdentitiesOnly=yes',
    ];
    const ssh = (...args: string[]): string[] => [
      ...options,
      '-p',
      String(target.loopbackPort),
      'svc@127.0.0.1',
      ...args,
    ];
    expect(await runClient('ssh', ssh('id -un'))).toEqual({ code: 5, stdout: 'svc\n', stderr: 'note\n' });
    expect((await runClient('ssh', ssh('tee'), 'a\nb\n')).stdout).toBe('got it\n');
    const shell = await runClient('ssh', ['-tt', ...ssh()], 'id -un\nexit 7\n');
    expect(shell.stdout).toBe('$ id -un\r\nsvc\r\nnote\r\n$ exit 7\r\n');
    expect(shell.code).toBe(7);
    writeFileSync(
      known,
      `[127.0.0.1]:${target.loopbackPort} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIM9QI9d3bQ+BBWqr8pXX77ApjLqy/3aj4VhiXW6fvc18\n`,
    );
    expect((await runClient('ssh', ssh('id -un'))).stderr).toContain('Host key verification failed');
  });
});
