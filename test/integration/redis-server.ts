import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** Whether the system has a Redis server; in CI its absence is no excuse. */
export const hasRedis = Boolean(process.env['CI']) || isInstalled();

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface RedisServer {
  port: number;
  pid: number;
  stop: () => Promise<void>;
  /** As if its machine had died. */
  kill: () => Promise<void>;
}

interface RedisOptions {
  /** Default: a free one. */
  port?: number;
  /** What it was told is there again when it is started again; default: it keeps nothing. */
  isLasting?: boolean;
  /** With TLS alone. */
  isEncrypted?: boolean;
  /** More of its options. */
  more?: readonly string[];
}

/** Starts one with a password. */
export async function startRedis(
  folder: string,
  password: string,
  { port: given, isLasting = false, isEncrypted = false, more = [] }: RedisOptions = {},
): Promise<RedisServer> {
  const port = given ?? (await findPort());
  const ports = isEncrypted ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  const settings = [...ports, '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...more];
  const lasting = isLasting ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const child = spawn('redis-server', [...settings, '--requirepass', password, ...lasting], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) if (line.includes('Ready to accept connections')) break;
  child.stdout.resume();
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
