/**
 * How fast the inspector starts and answers with 10,000 sessions, shows a session of 10,000 steps in a browser, shows a call of another process, and
 * what it costs a call to be recorded. It needs chromium.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { openPlugin } from 'plugin-host';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';
import { median, row } from './statistics.ts';

const execFileAsync = promisify(execFile);
const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const plugin = path.resolve(import.meta.dirname, '../../sample-plugins/otp');
const count = Number(process.argv[2] ?? 10_000);
const runs = 5;
const liveCalls = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
const stateOf = (name: string): string => path.join(folder, name);
const durations = [15, 41, 338, 2500, 90_000, 290_000, 150, 8];

/** A session of the given steps, without waiting for the disk, and at rest. */
function fill(stateDir: string, name: string, steps: number, large?: { value: string; log: string }): void {
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  const { step } = changeOf();
  const all = Array.from({ length: steps }, (_, index) => {
    const outcome = { ...step.record.outcome, kind: 'returned', value: large?.value ?? null } as const;
    const record = {
      ...step.record,
      hook: ['authenticate', 'authorize', 'session_ended'][index % 3] ?? '',
      plugin: { ...step.record.plugin, name: `Acme_${name.length + (index % 7)}` },
      outcome: { ...outcome, durationMs: durations[(index * 7) % 8] ?? 1 },
    };
    const logLines = large === undefined ? step.logLines : [{ atMs: 1, text: large.log }];
    return { ...step, n: index + 1, startedAt: new Date(start + index * 1000).toISOString(), record, logLines };
  });
  const store = new SessionStore(stateDir);
  mkdirSync(path.join(stateDir, 'sessions'), { recursive: true, mode: 0o700 });
  const signs = { changed: () => undefined, begun: () => undefined, over: () => undefined };
  store.record(name, { origin: 'simulate' }, signs, (session) => {
    const empty = { sessionCookie: '{}', cookies: {}, answers: {}, secretAnswers: [], masked: false };
    session.fill({ ...empty, createdAt: new Date(start).toISOString(), steps: all }, {});
  });
  const isLong = new Date(Date.now() - 60_000);
  utimesSync(store.fileOf(name), isLong, isLong);
}

interface Running extends AsyncDisposable {
  listensMs: number;
  url: string;
  get: (address: string) => Promise<unknown>;
}

async function inspect(stateDir: string): Promise<Running> {
  const startedAt = performance.now();
  const options = ['inspect', '--json', '--port', '0', '--state', stateDir];
  const child = spawn(process.execPath, [bin, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, token, port } = JSON.parse(line) as { url: string; token: string; port: number };
  const headers = { authorization: `Bearer ${token}` };
  const get = async (address: string): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${port}${address}`, { headers })).json();
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { listensMs: performance.now() - startedAt, url, get, [Symbol.asyncDispose]: end };
}

async function timeMs(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function measureStart(stateDir: string): Promise<Record<string, number>> {
  const list = '/v1/sessions?limit=500';
  const starts: { listensMs: number; listedMs: number; filteredMs: number }[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const startedAt = performance.now();
    await using running = await inspect(stateDir);
    await running.get(list);
    const listedMs = performance.now() - startedAt;
    await running.get('/v1/sessions?q=is:slow&limit=0'); // everything has been read
    const filteredMs = await timeMs(() => running.get('/v1/sessions?q=hook:authorize'));
    starts.push({ listensMs: running.listensMs, listedMs, filteredMs });
  }
  const [first, ...others] = starts;
  const ls = (): unknown =>
    execFileSync(process.execPath, [bin, 'session', 'ls', '--json', '--state', stateDir], { maxBuffer: 2 ** 30 });
  const lsMs = [await timeMs(ls), await timeMs(ls), await timeMs(ls)];
  return {
    listensMs: median(starts.map((each) => each.listensMs)),
    firstListMs: first?.listedMs ?? NaN,
    laterListMs: median(others.map((each) => each.listedMs)),
    filterMs: median(starts.map((each) => each.filteredMs)),
    sessionLsMs: median(lsMs),
  };
}

/** Blocks of calls that follow at once, with and without an inspector in turns. */
async function measureRecording(): Promise<Record<string, number>> {
  const [seen, unseen] = [stateOf('seen'), stateOf('unseen')];
  const running = await inspect(seen);
  await using one = await openPlugin(plugin, { stateDir: seen });
  await using other = await openPlugin(plugin, { stateDir: unseen });
  const block = async (opened: typeof one): Promise<number> => {
    const times: number[] = [];
    for (let call = 0; call < 20; call += 1) times.push(await timeMs(() => opened.call('authenticate', {})));
    await new Promise((resolve) => setTimeout(resolve, 50)); // what the last call left to do is not for the other
    return median(times);
  };
  await block(one);
  await block(other);
  const pairs: { withMs: number; withoutMs: number }[] = [];
  for (let pair = 0; pair < 12; pair += 1) {
    const isFirst = pair % 2 === 0;
    const early = await block(isFirst ? one : other);
    const late = await block(isFirst ? other : one);
    pairs.push(isFirst ? { withMs: early, withoutMs: late } : { withMs: late, withoutMs: early });
  }
  await running[Symbol.asyncDispose]();
  return {
    callMs: median(pairs.map(({ withoutMs }) => withoutMs)),
    recordedCallMs: median(pairs.map(({ withMs }) => withMs)),
    addedMs: median(pairs.map(({ withMs, withoutMs }) => withMs - withoutMs)),
    recordedToUnrecorded: median(pairs.map(({ withMs, withoutMs }) => withMs / withoutMs)),
  };
}

/** A browser is another program, which knows of documents. */
async function measureInBrowser(what: string, url: string, ...others: readonly string[]): Promise<object> {
  const program = path.resolve(import.meta.dirname, '../browser/measure-page.ts');
  const { stdout } = await execFileAsync(process.execPath, [program, what, url, ...others]);
  return JSON.parse(stdout) as object;
}

async function measurePage(): Promise<Record<string, object>> {
  const [long, many, live] = [stateOf('long'), stateOf('many'), stateOf('live')];
  fill(long, 'long', count);
  fill(long, 'large', 1, { value: 'v'.repeat(16 * 1024 * 1024 - 1000), log: 'l'.repeat(1024 * 1024) });
  const at = ({ url }: Running, address: string): string => url.replace('/?', `${address}?`);
  await using steps = await inspect(long);
  await using sessions = await inspect(many);
  await using other = await inspect(live);
  return {
    steps: await measureInBrowser('steps', at(steps, '/sessions/long'), String(count), String(runs)),
    large: await measureInBrowser('large', at(steps, '/sessions/large/1')),
    sessions: await measureInBrowser('sessions', sessions.url, String(runs)),
    live: await measureInBrowser('live', at(other, '/sessions/live'), plugin, live, String(liveCalls)),
  };
}

function rounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toFixed(value < 20 ? 2 : 0)) : value,
    ]),
  );
}

try {
  for (let number = 0; number < count; number += 1) fill(stateOf('many'), `s-${number}`, 3);
  const start = await measureStart(stateOf('many'));
  const recording = await measureRecording();
  const page = await measurePage();
  const figures = { start, recording, ...page };
  process.stdout.write(`plugin-host inspect, ${count} sessions, ${count} steps\n\n`);
  for (const [part, values] of Object.entries(figures)) {
    for (const [name, value] of Object.entries(rounded(values))) {
      process.stdout.write(`${row([`${part}: ${name}`, typeof value === 'number' ? value : String(value)])}\n`);
    }
  }
  const all = Object.fromEntries(Object.entries(figures).map(([part, values]) => [part, rounded(values)]));
  process.stdout.write(`\n${JSON.stringify(all, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
