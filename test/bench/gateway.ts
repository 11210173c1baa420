/**
 * A gateway beside `ssh -J` through a plain sshd on the same machine: bytes in either direction, and logins. What is compared takes turns. Needs
 * root and OpenSSH's server (Debian: openssh-server).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway } from 'plugin-host';
import { plainOptions, startTargetServer } from '../integration/gateway/open-ssh.ts';
import { writePlugins } from '../integration/gateway/scripted-plugins.ts';
import { noRealSshd } from '../integration/platform/real-sshd.ts';
import { median } from './statistics.ts';

const runs = Number(process.argv[2] ?? 5);
const bytes = 200_000_000;
const logins = 20;

if (noRealSshd !== undefined) {
  process.stdout.write(`gateway: SKIPPED: ${noRealSshd}\n`);
  process.exit();
}

const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
const zeros = path.join(folder, 'zeros');
writeFileSync(zeros, '');
truncateSync(zeros, bytes);
const target = await startTargetServer();
const key = readFileSync(target.keyFile, 'utf8');
const { plugins } = writePlugins(
  folder,
  { get_private_key_list: { return: { private_keys: [['ssh-ed25519', key]] } } },
  ['aa', 'credentialstore'],
);
const gateway = await startGateway({ plugins, listen: '127.0.0.1:0', stateDir: path.join(folder, 'state') });

const hop = (port: number): string[] => [...plainOptions, '-i', target.keyFile, '-p', String(port)];
const jump = `ProxyCommand=ssh ${hop(target.port).join(' ')} -W %h:%p svc@127.0.0.1`;
const ways = {
  // In a batch a client lets nobody ask, not even nothing.
  gateway: [
    '-o',
    'BatchMode=no',
    ...plainOptions,
    '-p',
    String(gateway.port),
    `svc@127.0.0.1:${target.port}@127.0.0.1`,
  ],
  jump: [...hop(target.port), '-o', jump, 'svc@127.0.0.1'],
  direct: [...hop(target.port), 'svc@127.0.0.1'],
};

async function timeMs(way: keyof typeof ways, command: string, input = '/dev/null'): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('ssh', [...ways[way], command], { stdio: [openSync(input, 'r'), 'ignore', 'inherit'] });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${way}: ${command}: ${String(status)}`);
  return performance.now() - startedAt;
}

const upload = 'cat > /dev/null';
const download = `head -c ${bytes} /dev/zero`;
const times: Record<'up' | 'down', Record<'gateway' | 'jump', number[]>> = {
  up: { gateway: [], jump: [] },
  down: { gateway: [], jump: [] },
};
const loginMs: Record<keyof typeof ways, number[]> = { gateway: [], jump: [], direct: [] };

try {
  for (let run = 0; run < runs; run++) {
    for (const way of ['gateway', 'jump'] as const) {
      times.up[way].push(await timeMs(way, upload, zeros));
      times.down[way].push(await timeMs(way, download));
    }
    for (const way of ['gateway', 'jump', 'direct'] as const) loginMs[way].push(await timeMs(way, 'true'));
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: logins }, () => timeMs('gateway', 'true')));
  const atOnceMs = performance.now() - startedAt;
  const rate = (direction: 'up' | 'down'): object => {
    const { gateway: through, jump: beside } = times[direction];
    const megabytes = (each: number[]): number => Math.round(bytes / 1000 / median(each));
    return { gateway: megabytes(through), jump: megabytes(beside), ratio: round(median(beside) / median(through)) };
  };
  const figures = {
    megabytesPerSecond: { up: rate('up'), down: rate('down') },
    loginMs: Object.fromEntries(Object.entries(loginMs).map(([way, each]) => [way, Math.round(median(each))])),
    loginsAtOnce: { count: logins, ms: Math.round(atOnceMs) },
  };
  process.stdout.write(`plugin-host gateway\n\n${JSON.stringify(figures, undefined, 2)}\n`);
} finally {
  await gateway.close();
  await target.stop();
  rmSync(folder, { recursive: true, force: true });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
