import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { type RealSshd, startRealSshd } from '../platform/real-sshd.ts';

/** How a program ended, and what it said. */
export interface Ended {
  status: number | null;
  stdout: Buffer;
  stderr: string;
}

/** A private server with one user, `svc`, and the key that it takes. */
export interface TargetServer {
  sshd: RealSshd;
  /** For files of the test. */
  folder: string;
  keyFile: string;
  port: number;
  user: string;
  stop: () => Promise<void>;
}

export async function startTargetServer(settings: readonly string[] = []): Promise<TargetServer> {
  const folder = makeTemporaryFolder();
  const keyFile = path.join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const user = { name: 'svc', keys: [readFileSync(`${keyFile}.pub`, 'utf8')] };
  const sshd = await startRealSshd([user], ['Subsystem sftp internal-sftp', ...settings]);
  return {
    sshd,
    folder,
    keyFile,
    port: sshd.port,
    user: user.name,
    stop: async () => {
      await sshd.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Of ssh, sftp and scp: nothing of the machine's own settings, keys and known hosts. */
export const plainOptions = ['none', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR']
  .concat(['IdentityAgent=none', 'BatchMode=yes'])
  .flatMap((option, index) => [index === 0 ? '-F' : '-o', option]);

/** Runs a program to its end. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { input = '', env = {} }: { input?: string | Buffer; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, stdio: 'pipe' });
  child.stdin.on('error', () => undefined); // it may not want all of its input
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}
