import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { python } from '../../fixture.ts';

const bin = path.resolve(import.meta.dirname, '../../../../bin/plugin-host.js');

/** A gateway that runs for itself, so that its memory is its own. */
export interface GatewayProcess {
  port: number;
  /** Of its process, in bytes. */
  memory: () => number;
  /** Asks it to end. */
  stop: () => Promise<{ exitCode: number | null; stderr: string; leftBehind: number[] }>;
  /** As if its machine had died. */
  kill: () => Promise<void>;
}

/** What it says once it listens. */
export interface GatewayReady {
  port: number;
  address: string;
  pid: number;
  hostKey: { fingerprint: string };
  plugins: object[];
}

interface SpawnedGateway {
  child: ChildProcess;
  stderr: Promise<string>;
  ready: Promise<GatewayReady>;
}

/** Begins one; it may be told to end before it listens. */
export function spawnGateway(
  plugins: readonly string[],
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): SpawnedGateway {
  const options = plugins.flatMap((each) => ['-p', each]);
  const all = ['gateway', ...options, '--python', python, '--listen', '127.0.0.1:0', '--json', ...args];
  const child = spawn(process.execPath, [bin, ...all], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const lines = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  return { child, stderr: text(child.stderr), ready: lines.then(([line]) => JSON.parse(line) as GatewayReady) };
}

export async function startGatewayProcess(...given: Parameters<typeof spawnGateway>): Promise<GatewayProcess> {
  const { child, stderr, ready } = spawnGateway(...given);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const { port, pid } = await ready;
  return {
    port,
    memory: () => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
    },
    stop: async () => {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
      child.kill('SIGTERM');
      const [exitCode] = await ended;
      return { exitCode, stderr: await stderr, leftBehind: children.filter((each) => existsSync(`/proc/${each}`)) };
    },
    kill: async () => {
      if (child.kill('SIGKILL')) await ended;
    },
  };
}
