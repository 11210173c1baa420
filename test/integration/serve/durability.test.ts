import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { isThorough } from '../../thorough.ts';
import { RestClient } from './rest-client.ts';

const bin = path.resolve(import.meta.dirname, '../../../bin/plugin-host.js');
const lists = '/api/configuration/policies/userlists';
const password = 'correct horse battery';
const rounds = isThorough ? 20 : 3;

interface Process {
  url: string;
  kill: () => Promise<void>;
  /** Ends it politely, and gives its exit code. */
  stop: (signal: NodeJS.Signals) => Promise<number | null>;
}

async function start(stateDir: string): Promise<Process> {
  const passwordFile = path.join(stateDir, 'admin.txt');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const options = [
    '--http',
    '--api-port',
    '0',
    '--port',
    '0',
    '--json',
    '--state',
    stateDir,
    '--admin-password-file',
    passwordFile,
  ];
  const child = spawn(process.execPath, [bin, 'serve', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { api } = JSON.parse(line) as { api: { url: string } };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  return {
    url: api.url,
    stop: end,
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

/** Two lists in each commit, until the server is gone. Gives the numbers of the commits that were answered. */
async function commitUntilGone(url: string, from: number): Promise<{ answered: number[]; last: number }> {
  using client = new RestClient(url, undefined);
  const answered: number[] = [];
  let number = from;
  try {
    await client.logIn(password);
    for (; ; number += 1) {
      await client.send('POST', '/api/transaction');
      await client.create(lists, { name: `${number}.a` });
      await client.create(lists, { name: `${number}.b` });
      const { status } = await client.send('PUT', '/api/transaction', { status: 'commit' });
      if (status === 200) answered.push(number);
    }
  } catch {
    return { answered, last: number };
  }
}

async function namesAt(url: string): Promise<Set<string>> {
  using client = new RestClient(url, undefined);
  await client.logIn(password);
  const { body } = await client.send('GET', lists);
  const hrefs = (body['items'] as JsonObject[]).map(({ meta }) => (meta as JsonObject)['href'] as string);
  const names = new Set<string>();
  // One after the other: the server hangs up on more connections than it takes at once.
  for (const href of hrefs) names.add(((await client.send('GET', href)).body['body'] as { name: string }).name);
  return names;
}

test('whatever kills the server, a commit is there as a whole or not at all, and one that was answered is there', async () => {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    const all: number[] = [];
    let next = 1;
    for (let round = 0; round < rounds; round += 1) {
      const server = await start(stateDir);
      const committing = commitUntilGone(server.url, next);
      await sleep(30 + Math.random() * 200);
      await server.kill();
      const { answered, last } = await committing;
      all.push(...answered);
      next = last + 1;
      const after = await start(stateDir); // needs no repair
      const names = await namesAt(after.url);
      expect(all.filter((number) => !names.has(`${number}.a`))).toEqual([]);
      const halves = [...names].filter((name) => !names.has(name.replace(/[ab]$/, (end) => (end === 'a' ? 'b' : 'a'))));
      expect(halves).toEqual([]);
      expect(await after.stop('SIGTERM')).toBe(0);
    }
    const last = await start(stateDir);
    expect(await last.stop('SIGINT')).toBe(130);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
});
