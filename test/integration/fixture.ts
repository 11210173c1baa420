import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, vi } from 'vitest';
import { type CallOptions, type CallRecord, type JsonObject, openPlugin, type PluginOptions } from '../../src/index.ts';
import { isThorough } from '../thorough.ts';
import { runInProcess } from './host-in-process.ts';

export type Language = 'python' | 'typescript';

export const languages: Language[] = ['python', 'typescript'];

/** The interpreter itself: what stands on PATH may be a wrapper that adds to the environment. */
export const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();

const host = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

/** Folder of the fixture plugin that behaves so. */
export function fixture(behaviour: string, language: Language = 'python'): string {
  return path.resolve(import.meta.dirname, '../fixtures/plugins', behaviour, language);
}

/** A copy of a fixture plugin with a project file of its own. */
export function configure(behaviour: string, language: Language, projectFile = ''): string {
  const folder = makeFolder();
  cpSync(fixture(behaviour, language), folder, { recursive: true });
  writeFileSync(path.join(folder, 'plugin-host.yaml'), projectFile);
  return folder;
}

/** The project file of a plugin that makes this file once it is where it should be. */
export function toldBy(here: string): string {
  return `environment: {HERE: ${JSON.stringify(here)}}\n`;
}

interface FixtureCall extends PluginOptions, CallOptions {
  language?: Language;
  /** File that the plugin makes once it is where it should be; its name is in `HERE` of its environment. */
  here?: string;
  /** Default `get_password_list`. */
  hook?: string;
}

/** One call of a fixture plugin, opened for it alone. */
export async function callFixture(
  behaviour: string,
  kwargs: JsonObject = {},
  options: FixtureCall = {},
): Promise<CallRecord> {
  const {
    language = 'python',
    here,
    hook = 'get_password_list',
    connection,
    cookie,
    sessionCookie,
    signal,
    ...pluginOptions
  } = options;
  const folder = here === undefined ? fixture(behaviour, language) : configure(behaviour, language, toldBy(here));
  await using plugin = await openPlugin(folder, { python, processes: 'cold', ...pluginOptions });
  return await plugin.call(hook, kwargs, {
    ...(connection && { connection }),
    ...(cookie && { cookie }),
    ...(sessionCookie && { sessionCookie }),
    ...(signal && { signal }),
  });
}

/** Level and code of each problem. */
export function problemsOf({ problems }: Pick<CallRecord, 'problems'>): string[] {
  return problems.map(({ level, code }) => `${level} ${code}`);
}

const cleanUp: (() => void | Promise<void>)[] = [];

afterAll(async () => {
  for (const each of cleanUp.reverse()) await each();
});

/** A folder that is gone after the tests of the file. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cleanUp.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Lines of a log that are process ids. */
export function pidsOf(log: string): number[] {
  return log
    .split('\n')
    .filter((line) => /^\d+$/.test(line))
    .map(Number);
}

/** The state of a process as one letter, such as `T` for stopped; undefined when it is not there. */
export function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2);
  } catch {
    return undefined;
  }
}

/** Those of the processes that are there and no zombies. */
export function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const state = stateOf(pid);
    return state !== undefined && state !== 'Z';
  });
}

/** What a plugin wrote to a file that it moved to this name, once it is there. */
export async function waitForFile(file: string): Promise<string> {
  await waitUntil(() => existsSync(file));
  return readFileSync(file, 'utf8');
}

/** The process id that a plugin writes to a file, with the end of its line. */
export async function waitForPid(file: string): Promise<number> {
  await waitUntil(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
  return Number(readFileSync(file, 'utf8'));
}

/** Fails only when it never comes: a busy machine may take its time. */
export async function waitUntil(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, { interval: 5, timeout: 60_000 });
}

/** Why a promise is rejected, undefined when it is not; it counts as handled from now on. */
export async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

export interface HostRun {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningHost {
  kill: (signal: NodeJS.Signals) => void;
  /** Once a text stands on stderr. */
  said: (text: string) => Promise<void>;
  /** So far. */
  stdout: () => string;
  stderr: () => string;
  ended: Promise<HostRun>;
}

/** Starts the command line. */
export function startHost(
  args: string[],
  options: { command?: string[]; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): RunningHost {
  const [program = process.execPath, ...before] = options.command ?? [];
  const child = spawn(program, [...before, ...(options.command ? [process.execPath] : []), host, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([exitCode, signal]): HostRun => {
    if (/^\(node:\d+\) /m.test(stderr)) throw new Error(`Node warns: ${stderr}`);
    return { exitCode: exitCode as number | null, signal: signal as NodeJS.Signals | null, stdout, stderr };
  });
  cleanUp.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    kill: (signal) => child.kill(signal),
    said: (text) => waitUntil(() => stderr.includes(text)),
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
  };
}

/** Runs a command line that needs no process of its own; it has one in the thorough run. */
export async function runCommand(args: string[]): Promise<HostRun> {
  return isThorough ? startHost(args).ended : { signal: null, ...(await runInProcess(args)) };
}

/** Runs `plugin-host … --json` to its end. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a test knows what its command prints
export async function runHost<T = CallRecord>(...args: string[]): Promise<HostRun & { json: T }> {
  const run = await runCommand([...args, '--json']);
  try {
    return { ...run, json: JSON.parse(run.stdout) as T };
  } catch (cause) {
    throw new Error(`no JSON document: ${run.stdout}${run.stderr}`, { cause });
  }
}

/** `plugin-host invoke HOOK` on a fixture plugin. */
export function invokeArguments(
  behaviour: string,
  { language = 'python', hook = 'get_password_list' }: { language?: Language; hook?: string } = {},
): string[] {
  return ['invoke', hook, '-p', fixture(behaviour, language), '--python', python];
}
