import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

/** A user of a server that a test starts; without a password nobody can log in with one. */
export interface ThrowAwayUser {
  name: string;
  password?: string;
  /** Default `yescrypt`. */
  hash?: 'sha512' | 'yescrypt';
  /** Lines of `~/.ssh/authorized_keys`. */
  keys?: readonly string[];
  /** Groups besides its own; they are made. */
  groups?: readonly string[];
  /** What `sudo` lets it do, as sudoers has it behind the `(ALL:ALL)`: `ALL`, `NOPASSWD: ALL`. */
  sudo?: string;
}

export interface RealSshd {
  port: number;
  /** `ssh-ed25519 …`, as `HostKey` takes it. */
  hostKey: string;
  /** What the server has said so far, line by line. */
  said: readonly string[];
  /** The field of `/etc/shadow`. */
  hashOf: (user: string) => string;
  /** Where a path of the server's users is outside of its name space: only `/etc` and `/home`. */
  outside: (file: string) => string;
  stop: () => Promise<void>;
}

/** Whatever runs in them ends with its first process. */
const spaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Why no server can be started here; undefined: it can. */
export const noRealSshd: string | undefined = findObstacle();

/** For the title of tests that need it. */
export function withRealSshd(title: string): string {
  return noRealSshd === undefined ? title : `${title} (SKIPPED: ${noRealSshd})`;
}

function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'name spaces for mounts are a thing of Linux';
  if (process.getuid?.() !== 0) return 'only root may lay other files over /etc';
  const missing = ['/usr/sbin/sshd', '/usr/bin/sudo', '/usr/bin/perl'].filter((program) => !existsSync(program));
  if (missing.length > 0) return `${missing.join(', ')} not there`;
  const unshared = spawnSync('unshare', [...spaces, 'mount', '-t', 'tmpfs', 'none', '/run'], { encoding: 'utf8' });
  return unshared.status === 0 ? undefined : `no mounts of one's own: ${unshared.stderr.trim()}`;
}

/**
 * OpenSSH with users of its own on a port of 127.0.0.1. What it and they may write to lies in a temporary folder or in memory: it has copies
 * of /etc and /home, and an empty /run, /tmp, /var/log and /var/lib/sudo. It ends with the process that started it, whatever becomes of that.
 */
export async function startRealSshd(users: readonly ThrowAwayUser[], extra: readonly string[] = []): Promise<RealSshd> {
  const folder = makeTemporaryFolder();
  const outside = (file: string): string => path.join(folder, file);
  const port = await findPort();
  cpSync('/etc', outside('/etc'), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  layServer(outside, port, extra);
  for (const [at, user] of users.entries()) addUser(outside, user, firstId + at);
  const child = spawn('unshare', [...spaces, 'bash', '-c', inside, 'bash', folder], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: programs, TMPDIR: folder },
  });
  const ended = once(child, 'close');
  const said: string[] = [];
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true });
  };
  const listening = new Promise<void>((resolve, reject) => {
    createInterface(child.stderr)
      .on('line', (line) => {
        said.push(line);
        if (line.includes('Server listening')) resolve();
      })
      .on('close', () => {
        reject(new Error(`sshd did not start: ${said.join('\n')}`));
      });
  });
  await listening.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    said,
    hostKey: readFileSync(outside('/etc/ssh/host.pub'), 'utf8').split(' ').slice(0, 2).join(' ').trim(),
    hashOf: (user) => hashOf(readFileSync(outside('/etc/shadow'), 'utf8'), user),
    outside,
    stop,
  };
}

const firstId = 64_100;
const programs = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The shell takes what is orphaned, and waits for the end of its input, with which all ends. */
const inside = `set -e
mount --make-rprivate /
mount --bind "$1/etc" /etc
mount --bind "$1/home" /home
for folder in /run /var/log /var/lib/sudo /tmp; do [ ! -d $folder ] || mount -t tmpfs none $folder; done
chmod 1777 /tmp
mkdir -p /run/sshd
/usr/sbin/sshd -D -e &
read -r forever || true`;

function layServer(outside: (file: string) => string, port: number, extra: readonly string[]): void {
  mkdirSync(outside('/home'));
  rmSync(outside('/etc/ssh'), { recursive: true, force: true });
  mkdirSync(outside('/etc/ssh'));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', outside('/etc/ssh/host')]);
  // Of a setting that comes twice the first counts.
  const settings = [
    ...extra,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    'HostKey /etc/ssh/host',
    'PidFile none',
    'UsePAM no',
    'PasswordAuthentication yes',
    'UseDNS no',
    'LogLevel VERBOSE',
    'PrintMotd no',
    'PrintLastLog no',
    'MaxStartups 100',
    ...(isPunishing() ? ['PerSourcePenalties no'] : []),
  ];
  writeFileSync(outside('/etc/ssh/sshd_config'), `${settings.join('\n')}\n`);
  const sudoers = ['Defaults env_reset', `Defaults secure_path="${programs}"`, 'root ALL=(ALL:ALL) ALL'];
  writeFileSync(outside('/etc/sudoers'), sudoers.map((line) => `${line}\n`).join(''), { mode: 0o440 });
  const passwd = readFileSync(outside('/etc/passwd'), 'utf8');
  if (!/^sshd:/m.test(passwd))
    appendFileSync(outside('/etc/passwd'), 'sshd:x:64099:65534::/run/sshd:/usr/sbin/nologin\n');
}

/** Newer servers refuse whoever failed to log in, or whose session was killed. */
function isPunishing(): boolean {
  const { stderr } = spawnSync('/usr/sbin/sshd', ['-V'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /OpenSSH_(\d+)\.(\d+)/.exec(stderr) ?? [];
  return Number(major) > 9 || (major === '9' && Number(minor) >= 8);
}

function addUser(outside: (file: string) => string, user: ThrowAwayUser, id: number): void {
  const { name, password, hash = 'yescrypt', keys, groups = [], sudo } = user;
  const home = `/home/${name}`;
  appendFileSync(outside('/etc/passwd'), `${name}:x:${id}:${id}::${home}:/bin/bash\n`);
  appendFileSync(outside('/etc/group'), `${name}:x:${id}:\n`);
  const field = password === undefined ? '*' : crypt(password, hash);
  appendFileSync(outside('/etc/shadow'), `${name}:${field}:20000:0:99999:7:::\n`);
  mkdirSync(outside(home), { mode: 0o755 });
  chownSync(outside(home), id, id);
  for (const [at, group] of groups.entries())
    appendFileSync(outside('/etc/group'), `${group}:x:${id + 100 * (at + 1)}:${name}\n`);
  if (sudo !== undefined)
    appendFileSync(outside('/etc/sudoers'), `${name.replace('@', '\\@')} ALL=(ALL:ALL) ${sudo}\n`);
  if (keys === undefined) return;
  mkdirSync(outside(`${home}/.ssh`), { mode: 0o700 });
  writeFileSync(outside(`${home}/.ssh/authorized_keys`), keys.map((line) => `${line}\n`).join(''));
  for (const file of [`${home}/.ssh`, `${home}/.ssh/authorized_keys`]) chownSync(outside(file), id, id);
  chmodSync(outside(`${home}/.ssh/authorized_keys`), 0o600);
}

/** By the library of the system, so that it is none of ours that is tried against itself. */
function crypt(password: string, hash: 'sha512' | 'yescrypt'): string {
  const salt = hash === 'sha512' ? '$6$throwAwaySalt' : '$y$j9T$throwAwaySalt00000000.';
  const program = 'chomp(my $text = <STDIN>); print crypt($text, $ARGV[0])';
  const made = execFileSync('perl', ['-e', program, salt], { input: password, encoding: 'utf8' });
  if (!made.startsWith('$')) throw new Error(`crypt made no ${hash}`);
  return made;
}

function hashOf(shadow: string, user: string): string {
  const line = shadow.split('\n').find((each) => each.startsWith(`${user}:`));
  if (line === undefined) throw new Error(`${user} is not in /etc/shadow`);
  return line.split(':')[1] ?? '';
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
