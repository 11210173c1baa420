/** How fast `plugin-host serve` starts, reads, takes uploads and commits, for one client over kept connections of TLS. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packSample } from '../integration/serve/pack-sample.ts';
import { RestClient } from '../integration/serve/rest-client.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const connections = '/api/configuration/ssh/connections';
const reads = 20_000;
const sizes = [1000, 10_000];
const atOnce = 16;

const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
const passwordFile = path.join(folder, 'admin.txt');
writeFileSync(passwordFile, 'correct horse battery\n', { mode: 0o600 });

async function measure(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Calls something so many times, a few at once. */
async function repeat(count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

const startedAt = performance.now();
const options = ['--json', '--api-port', '0', '--state', folder, '--admin-password-file', passwordFile];
const child = spawn(process.execPath, [bin, 'serve', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
try {
  const [ready] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const startMs = performance.now() - startedAt;
  const { api } = JSON.parse(ready) as { api: { url: string; certificate: string } };
  using client = new RestClient(api.url, readFileSync(api.certificate, 'utf8'));
  await client.logIn('correct horse battery');
  await client.send('POST', '/api/transaction');
  const plugin = await client.create('/api/upload/plugins', await packSample('otp'));
  const read = (): Promise<unknown> => client.send('GET', `/api/configuration/plugins/aa/${plugin}`);
  await repeat(1000, read);
  const readMs = await measure(() => repeat(reads, read));
  const large = await packSample('otp', { 'data.txt': randomBytes(3_300_000).toString('hex') });
  const uploadMs = await measure(() => client.send('POST', '/api/upload/plugins', large));
  await client.send('PUT', '/api/transaction', {});
  const commits: Record<string, { commitMs: number; listMs: number }> = {};
  for (const size of sizes) {
    await client.send('POST', '/api/transaction');
    await repeat(size, (number) => client.create(connections, { name: `${size}-${number}`, network: { ports: [22] } }));
    const commitMs = await measure(() => client.send('PUT', '/api/transaction', {}));
    const listMs = await measure(() => client.send('GET', connections));
    commits[size] = { commitMs: Math.round(commitMs), listMs: Math.round(listMs) };
  }
  const figures = {
    startMs: Math.round(startMs),
    readsPerSecond: Math.round(reads / (readMs / 1000)),
    uploadBytes: large.length,
    uploadMs: Math.round(uploadMs),
    commits,
  };
  process.stdout.write(`plugin-host serve\n\n${JSON.stringify(figures, undefined, 2)}\n`);
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
