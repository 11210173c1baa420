import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { type RealSshd, startRealSshd } from '../../integration/platform/real-sshd.ts';
import { mismatch, operate, success, failure } from './operate.ts';

interface KeyPair {
  private: string;
  public: string;
}

/** What may be asked of the restricted key. */
const restricted = `#!/bin/bash
case "$SSH_ORIGINAL_COMMAND" in
"sudo "*) exec $SSH_ORIGINAL_COMMAND ;;
*) echo "only sudo" >&2; exit 126 ;;
esac
`;

const fakeSystemctl = `#!/bin/sh
case "$1" in
list-units) printf 'ssh.service loaded active running OpenSSH\\ncron.service loaded active running Cron\\n' ;;
show) case "$*" in *Description*) echo "A service" ;; *) echo daemon ;; esac ;;
esac
`;

/** A service user whose `sudo` wants its password. */
export const withPassword = { FuncUserName: 'svcpw', FuncPassword: 'svcpw-Pass1' };
export const withoutSudo = { FuncUserName: 'nosudo', FuncPassword: 'nosudo-Pass1' };

/** OpenSSH with the users that the scripts for Linux need; by default `svc` manages `managed`. */
export class LinuxHost {
  readonly sshd: RealSshd;
  /** Of the managed users, as they are now. */
  readonly passwords = { managed: 'old-Pass0', modern: 'old-Pass0' };
  readonly #folder: string;
  #count = 0;

  private constructor(sshd: RealSshd, folder: string) {
    this.sshd = sshd;
    this.#folder = folder;
  }

  /** @param settings Lines of sshd_config, before all others */
  static async start(settings: readonly string[] = []): Promise<LinuxHost> {
    const folder = makeTemporaryFolder();
    const keys = ['service', 'restricted', 'old', 'new', 'other'].map((name) => makeKey(path.join(folder, name)));
    const [service = '', limited = '', old = '', , other = ''] = keys.map((each) => each.public);
    const sshd = await startRealSshd(
      [
        { name: 'svc', password: 'svc-Pass1', sudo: 'NOPASSWD: ALL', keys: [service] },
        { name: 'svcpw', password: 'svcpw-Pass1', sudo: 'ALL' },
        { name: 'nosudo', password: 'nosudo-Pass1' },
        { name: 'svc@corp.test', password: 'svc-Pass1', sudo: 'NOPASSWD: ALL' },
        {
          name: 'restricted',
          sudo: 'NOPASSWD: /usr/bin/id *, /usr/bin/cat /etc/shadow, /usr/bin/passwd *',
          keys: [`restrict,command="/home/restricted/only-sudo" ${limited}`],
        },
        { name: 'managed', password: 'old-Pass0', hash: 'sha512', groups: ['operators', 'backup-people'] },
        { name: 'modern', password: 'old-Pass0' },
        { name: 'keyed', keys: [`no-pty ${other}`, '# a comment', old] },
      ],
      settings,
    );
    const program = (file: string, text: string): void => {
      writeFileSync(sshd.outside(file), text);
      chmodSync(sshd.outside(file), 0o755);
    };
    program('/home/restricted/only-sudo', restricted);
    mkdirSync(sshd.outside('/home/programs'), { mode: 0o755 });
    program('/home/programs/systemctl', fakeSystemctl);
    appendFileSync(sshd.outside('/etc/profile'), '\nPATH=/home/programs:$PATH\n');
    return new LinuxHost(sshd, folder);
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    await this.sshd.stop();
  }

  keyOf(name: 'service' | 'restricted' | 'old' | 'new' | 'other'): KeyPair {
    return readKey(path.join(this.#folder, name));
  }

  operate(
    script: string,
    operation: string,
    situation: string,
    expected: object,
    own: Readonly<Record<string, unknown>> = {},
    isForced = false,
  ): Promise<RunResult> {
    const parameters = {
      Address: '127.0.0.1',
      Port: this.sshd.port,
      HostKey: this.sshd.hostKey,
      FuncUserName: 'svc',
      FuncPassword: 'svc-Pass1',
      AccountUserName: 'managed',
      AccountPassword: this.passwords.managed,
      DelegationPrefix: 'sudo',
      DiscoveryQuery: {},
    };
    return operate({ parameters, isForced }, { script, operation, situation, parameters: own }, expected);
  }

  /** Changes a password by a script, and sees that the hash is another one. */
  async change(
    script: string,
    user: 'managed' | 'modern',
    situation: string,
    own: Readonly<Record<string, unknown>> = {},
    isForced = false,
  ): Promise<void> {
    const before = this.sshd.hashOf(user);
    this.#count += 1;
    const next = `New-Pass${this.#count}`;
    const given = { AccountUserName: user, AccountPassword: this.passwords[user], NewPassword: next, ...own };
    await this.operate(script, 'ChangePassword', situation, success, given, isForced);
    expect(this.sshd.hashOf(user)).not.toBe(before);
    this.passwords[user] = next;
  }

  async checkHostKey(script: string, isForced = false): Promise<void> {
    const expected = { ...success, response: this.sshd.hostKey };
    await this.operate(script, 'DiscoverSshHostKey', 'the host shows its key', expected, {}, isForced);
  }

  async checkSystem(script: string): Promise<void> {
    const run = (situation: string, expected: object, own = {}): Promise<RunResult> =>
      this.operate(script, 'CheckSystem', situation, expected, own);
    await run('sudo without a password', success);
    await run('sudo with a password', success, withPassword);
    await run('no sudo', failure, withoutSudo);
    await run('wrong password', { outcome: 'error', taskStatus: 'Failure' }, { FuncPassword: 'wrong' });
    const other = `${this.sshd.hostKey.slice(0, -6)}AAAAAA`;
    await run('another host key', { taskStatus: 'SshHostKeyMismatch' }, { HostKey: other });
  }

  async checkPassword(script: string, isForced = false): Promise<void> {
    const run = (situation: string, expected: object, own = {}): Promise<RunResult> =>
      this.operate(script, 'CheckPassword', situation, expected, own, isForced);
    await run('right, SHA-512', success);
    await run('right, yescrypt', success, { AccountUserName: 'modern', AccountPassword: this.passwords.modern });
    await run('wrong', mismatch, { AccountPassword: 'wrong' });
    await run('sudo with a password', success, withPassword);
    const told = { status: expect.arrayContaining([expect.objectContaining({ name: 'AccountNotFound' })]) as unknown };
    await run('no such account', { ...mismatch, ...told }, { AccountUserName: 'nobody9' });
  }
}

function makeKey(file: string): KeyPair {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `${path.basename(file)} key`, '-f', file]);
  return readKey(file);
}

function readKey(file: string): KeyPair {
  return { private: readFileSync(file, 'utf8'), public: readFileSync(`${file}.pub`, 'utf8').trim() };
}
