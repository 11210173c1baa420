import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { makeFolder, runHost } from '../integration/fixture.ts';
import { runSsh, type SshOptions, type SshResult } from '../integration/gateway/ssh-client.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

/** What the appliance and the network provide to a plugin, as in plugin-host.yaml. */
export interface Surroundings {
  config: string;
  environment?: Record<string, string>;
  backends?: unknown;
}

export interface KeptSession {
  session: string;
  ended: string;
  gatewayUser: string | null;
  gateway: { credential: string | null; channels: { type: string; exitStatus: number | null }[] };
  steps: { plugin: { name: string }; hook: string; verdict: string | null; outcome: { kind: string } }[];
}

/** The command, with plugins that were copied unmodified. */
export interface RealGateway extends AsyncDisposable {
  ssh: (options: Omit<SshOptions, 'port'>) => Promise<SshResult>;
  /** The only session, once it has ended. */
  session: () => Promise<KeptSession>;
  /** Whether each hook of it gives the same again. */
  replay: () => Promise<{ equal: boolean; steps: { equal: boolean }[] }>;
}

/** A published plugin with what surrounds it, in a folder of its own. */
export function layPlugin(given: string, surroundings: Surroundings): string {
  const folder = path.join(makeFolder(), path.basename(given));
  cpSync(given, folder, { recursive: true, verbatimSymlinks: true });
  writeFileSync(path.join(folder, 'plugin-host.yaml'), JSON.stringify(surroundings));
  return folder;
}

/** Configuration and backends of the plugin's file of tests. */
export function surroundingsOf(name: string): Required<Pick<Surroundings, 'config' | 'backends'>> {
  const file = path.join(import.meta.dirname, 'backends', `${name}.plugin-test.yaml`);
  return parse(readFileSync(file, 'utf8')) as ReturnType<typeof surroundingsOf>;
}

/** @param python The interpreter that has the vendor's SDK */
export async function startRealGateway(plugins: readonly string[], python: string): Promise<RealGateway> {
  const folder = makeFolder();
  const log = path.join(folder, 'log');
  const at = ['--state', path.join(folder, 'state'), '--python', python];
  const named = plugins.flatMap((each) => ['-p', each]);
  const words = [
    'gateway',
    ...named,
    ...at,
    '--listen',
    '127.0.0.1:0',
    '--gateway-password',
    '--log',
    log,
    '--explain',
    '--json',
  ];
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  const stop = createStop(child);
  return {
    ssh: (options) => runSsh(folder, { port, ...options }).done,
    session: async () => {
      await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 30_000 }).toContain('"event":"ended"');
      return (await runHost<KeptSession>('session', 'show', ...at.slice(0, 2))).json;
    },
    replay: async () =>
      (await runHost<{ equal: boolean; steps: { equal: boolean }[] }>('session', 'replay', ...at)).json,
    [Symbol.asyncDispose]: stop,
  };
}

function createStop(child: ChildProcess): () => Promise<void> {
  const ended = once(child, 'exit');
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
