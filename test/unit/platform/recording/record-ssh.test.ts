import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shaCrypt } from '../../../../src/crypt/sha-crypt.ts';
import type { CommandOutput, Line, Network, SshConnection } from '../../../../src/platform/network/network.ts';
import type { SshDescription } from '../../../../src/targets/description/target-description.ts';
import { recordScript } from './record-script.ts';

const identity = { keyType: 'ssh-ed25519', key: Buffer.from('a key'), software: 'OpenSSH_8.4' };

function ssh(given: { execute?: (command: string) => string; shell?: (typed: string) => string }): Partial<Network> {
  const { execute = () => '', shell = () => '' } = given;
  const openShell = (): Promise<Line> => {
    let take: ((data: Buffer) => void) | undefined;
    return Promise.resolve({
      write: (data) => {
        const typed = data.toString();
        queueMicrotask(() => take?.(Buffer.from(shell(typed))));
      },
      onData: (taker) => {
        take = taker;
        queueMicrotask(() => take?.(Buffer.from('$ ')));
      },
      onClose: () => undefined,
      close: () => undefined,
    });
  };
  const output = (stdout: string): CommandOutput => ({
    ...{ stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) },
    ...{ exitCode: 0, signal: null, isCut: undefined },
  });
  const connection: SshConnection = {
    identity,
    openShell,
    execute: (command) => Promise.resolve(output(execute(command))),
    close: () => undefined,
  };
  return {
    openSsh: ({ acceptsHost }) => {
      acceptsHost(identity);
      return Promise.resolve(connection);
    },
  };
}

const connect = (hasTerminal: boolean): object => ({
  Connect: {
    ...{ ConnectionObjectName: 'C', NetworkAddress: 'target.test', Login: 'svc', Password: '%Func%' },
    ...{ CheckHostKey: false, RequestTerminal: hasTerminal },
  },
});
const declared = { Func: 'Secret', Old: 'Secret', New: 'Secret' };
const parameters = { Func: 'func-Pass-1', Old: 'old-Pass-2', New: 'new-Pass-3' };

const sshOf = (text: string): SshDescription => (parse(text) as { target: { ssh: SshDescription } }).target.ssh;

const look = [
  connect(false),
  { ExecuteCommand: { ConnectionObjectName: 'C', Command: 'getent shadow', BufferName: 'Out' } },
  { CompareShadowHash: { Password: '%Old%', SaltedHash: '%Out%', ResultVariable: 'Same' } },
  { Return: { Value: '%Same%' } },
];

describe('a recording of SSH', () => {
  test.each([
    ['success', 'old-Pass-2', '${hash:Old}'],
    ['mismatch', 'quite-Another-4', '${hash:OtherPassword}'],
    ['mismatch', 'new-Pass-3', '${hash:New}'],
  ])('has no hash of a password: %s of the hash of %s is %s', async (ending, password, reference) => {
    const hash = shaCrypt(password, '$6$saltsalt') ?? '';
    const other = shaCrypt('root-Pass-9', '$5$rounds=1000$pepper') ?? '';
    const execute = (): string => `demo:${hash}:19000:0:99999:7:::\nroot:${other}:19000:0:99999:7:::\n`;
    const { outcome, text } = await recordScript({ declared, parameters, steps: look, network: ssh({ execute }) });
    expect(outcome.outcome).toBe(ending);
    expect(text).not.toContain(hash);
    expect(text).not.toContain(other);
    expect(sshOf(text).commands?.[0]?.output).toBe(
      `demo:${reference}:19000:0:99999:7:::\nroot:\${hash:OtherPassword}:19000:0:99999:7:::\n`,
    );
  });

  test('has nothing of a secret that a terminal has broken', async () => {
    const wrap = (typed: string): string => typed.trim().replace(/.{7}/g, '$& \r');
    const steps = [
      connect(true),
      { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: '[$] $' } },
      { Send: { ConnectionObjectName: 'C', Buffer: 'echo %New% and %Old%' } },
      { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: '[$] $' } },
      { Return: { Value: true } },
    ];
    const shell = (typed: string): string => `${wrap(typed)}\r\n${wrap(typed)}\r\n$ `;
    const { text } = await recordScript({ declared, parameters, steps, network: ssh({ shell }) });
    const bare = text.replace(/\\r| |\s/g, '');
    for (const secret of Object.values(parameters)) expect(bare).not.toContain(secret);
    expect(bare).toContain('${New}');
  });

  test('names who logged in, the kind of key and the software', async () => {
    const { text } = await recordScript({ declared, parameters, steps: look.slice(0, 1), network: ssh({}) });
    expect(sshOf(text)).toEqual({
      users: { svc: { password: '${Func}' } },
      hostKey: 'ssh-ed25519',
      banner: 'OpenSSH_8.4',
    });
  });

  test('has a private key that was made up, and its public half', async () => {
    const key =
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAAB3NzaC1yc2EAAAADAQ\n-----END OPENSSH PRIVATE KEY-----\n';
    const steps = [
      {
        Connect: {
          ...{ ConnectionObjectName: 'C', NetworkAddress: 'target.test', Login: 'svc', UserKey: '%UserKey%' },
          ...{ CheckHostKey: false, RequestTerminal: false },
        },
      },
      { ExecuteCommand: { ConnectionObjectName: 'C', Command: 'cat key', BufferName: 'Out' } },
      { Return: { Value: true } },
    ];
    const { text } = await recordScript({
      ...{ declared: { UserKey: 'Secret' }, parameters: { UserKey: key }, steps },
      network: ssh({ execute: () => key }),
    });
    expect(text).not.toContain('AAAAB3NzaC1yc2EAAAADAQ');
    const { commands, users } = sshOf(text);
    expect(commands?.[0]?.output?.trim()).toBe('${UserKey}');
    expect(users?.['svc']?.keys).toEqual([expect.stringMatching(/^ssh-ed25519 AAAA/)]);
  });

  test('has two answers where the same was asked twice', async () => {
    let count = 0;
    const again = { ExecuteCommand: { ConnectionObjectName: 'C', Command: 'date', BufferName: 'Out' } };
    const { text } = await recordScript({
      ...{ declared, parameters, steps: [connect(false), again, again, again, { Return: { Value: true } }] },
      network: ssh({ execute: () => `${Math.min(++count, 2)}\n` }),
    });
    expect(sshOf(text).commands).toEqual([{ command: 'date', answers: [{ output: '1\n' }, { output: '2\n' }] }]);
  });
});
