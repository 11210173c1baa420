import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export interface SshRun {
  child: ChildProcess;
  done: Promise<SshResult>;
  /** What it was asked so far, without what the client itself puts before it. */
  asked: () => string[];
}

export interface SshResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  asked: string[];
}

export interface SshOptions {
  port: number;
  login: string;
  command?: string[];
  /** In the order of the questions; after the last one the user thinks for ever. */
  answers?: readonly string[];
  args?: readonly string[];
  program?: string;
}

/** Runs the real client, with a program that answers for its user. */
export function runSsh(folder: string, options: SshOptions): SshRun {
  const { port, login, command = ['true'], answers = [], args = [], program = 'ssh' } = options;
  const own = mkdtempSync(path.join(folder, 'client-'));
  const file = (name: string): string => path.join(own, name);
  writeFileSync(file('answers'), answers.map((each) => `${each}\n`).join(''));
  const script = [
    '#!/bin/sh',
    `printf '%s\\037' "$1" >> '${file('prompts')}'`,
    `[ -s '${file('answers')}' ] || exec sleep 600`,
    `head -n 1 '${file('answers')}'`,
    `sed -i 1d '${file('answers')}'`,
  ];
  writeFileSync(file('askpass'), `${script.join('\n')}\n`, { mode: 0o755 });
  const client = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${file('known_hosts')}`];
  const child = spawn(program, [...client, '-p', String(port), ...args, `${login}@127.0.0.1`, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env['PATH'], SSH_ASKPASS: file('askpass'), SSH_ASKPASS_REQUIRE: 'force', LC_ALL: 'C.UTF-8' },
  });
  const asked = (): string[] => {
    if (!existsSync(file('prompts'))) return [];
    const all = readFileSync(file('prompts'), 'utf8').split('\u001f').slice(0, -1);
    return all.map((each) => each.replace(/^\([^)]*\) /, ''));
  };
  const done = (async (): Promise<SshResult> => {
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    const told = stderr.split('\n').filter((line) => !line.startsWith('Warning: Permanently added'));
    return { exitCode, stdout, stderr: told.join('\n'), asked: asked() };
  })();
  return { child, done, asked };
}

/** With all that it started. */
export function killSsh({ child }: Pick<SshRun, 'child'>): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
