import { existsSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import pTimeout from 'p-timeout';
import { PluginHostError } from '../errors.ts';
import { LineReader } from './line-reader.ts';
import { sweep } from './sweep.ts';

export interface SupervisedCommand {
  command: readonly [string, ...string[]];
  cwd: string;
  /** The whole environment; `TMPDIR` is added, a folder that lives as long as the command. */
  env: Readonly<Record<string, string>>;
}

export interface SupervisorEvents {
  /** @param sinceMs How long ago, by the system's monotonic clock. */
  onStarted: (sinceMs: number) => void;
  onExit: (exit: { exitCode: number } | { signal: string }) => void;
  /** Names of the processes that had to be ended. */
  onLeft: (names: string[]) => void;
}

export interface Supervisor {
  log: Duplex;
  /** The command's descriptor 3. */
  input: Duplex;
  /** The command's descriptor 4. */
  reply: Duplex;
  /** Asks the command's process group to end. */
  polite: () => void;
  /** Ends everything. */
  hard: () => void;
  /** Settles when nothing is left. @throws PluginHostError PYTHON_NOT_FOUND, CHILD_FAILED */
  gone: Promise<void>;
}

/** How long the supervisor may take to end a tree before it is taken for broken; its own patience is 5 s. */
const patienceMs = 15_000;

const supervisorFile = fileURLToPath(new URL('supervisor.py', import.meta.url));

/** The supervisor needs no packages, so the system's Python, which starts fastest, comes first. */
const supervisorPython = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/**
 * Starts one command under `supervisor.py`, which ends all that the command started, also when this process dies.
 * @throws PluginHostError SYSTEM_UNSUPPORTED
 */
export function startSupervisor(request: SupervisedCommand, events: SupervisorEvents): Supervisor {
  const temporary = path.join(tmpdir(), `plugin-host-${process.pid}-${nextNumber()}`);
  if (process.platform === 'win32') {
    throw new PluginHostError(
      'SYSTEM_UNSUPPORTED',
      'plugins cannot be run on Windows: process trees cannot be ended there',
      {
        hint: 'Use the Windows Subsystem for Linux.',
      },
    );
  }
  const child = execa(supervisorPython, ['-I', '-S', '-B', supervisorFile], {
    cwd: '/',
    env: {},
    extendEnv: false,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    buffer: { stdout: false, stderr: true, fd3: false, fd4: false, fd5: false },
    detached: true, // out of the reach of the terminal's Ctrl-C: the host ends its children in order
    cleanup: false, // the end of the control channel does that, however the host ends
    reject: false,
  });
  const [, log, , input, reply, control] = child.stdio as unknown as (Duplex | null | undefined)[];
  const bootedAt = performance.now();
  let hasStarted = false;
  const stalled = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  let failure: string | undefined;

  const onLine = (line: string): void => {
    const [word, ...rest] = line.split(' ');
    if (word === 'started') {
      hasStarted = true;
      clearTimeout(stalled);
      events.onStarted(elapsedSince(Number(rest[0]), bootedAt));
    } else if (word === 'exited') events.onExit({ exitCode: Number(rest[0]) });
    else if (word === 'killed') events.onExit({ signal: signalName(Number(rest[0])) });
    else if (word === 'left') events.onLeft(rest);
    else failure = line;
  };
  const end = async (): Promise<void> => {
    const readControl = control && readAll(control, new LineReader(65_536, onLine, () => undefined));
    const [result] = await Promise.all([child, readControl]);
    clearTimeout(stalled);
    if (failure === undefined && result.exitCode === 0 && hasStarted) return;
    if (hasStarted && result.signal !== undefined) {
      // Somebody killed the supervisor; the parent-death signal ends the command, the rest is ours.
      events.onExit({ signal: result.signal });
      events.onLeft(sweep(temporary));
      return;
    }
    throw supervisorError(request.command[0], failure ?? result.stderr, result.code, result.cause);
  };
  const gone = end();
  if (!log || !input || !reply || !control) throw new Error('a stream is missing', { cause: gone.catch(String) });

  const order = (letter: string): void => {
    if (control.writable) control.write(letter);
  };
  control.on('error', () => undefined); // the supervisor is gone, which `gone` tells
  control.write(encodeCommand(temporary, request));
  return {
    log,
    input,
    reply,
    gone,
    polite: () => {
      order('t');
    },
    hard: () => {
      order('k');
      pTimeout(gone, { milliseconds: patienceMs, fallback: () => child.kill('SIGKILL') }).catch(() => undefined);
    },
  };
}

/** As `read_command` of supervisor.py reads it. */
function encodeCommand(temporary: string, { command, cwd, env }: SupervisedCommand): Buffer {
  const pairs = Object.entries({ ...env, TMPDIR: temporary }).map(([name, value]) => `${name}=${value}`);
  const body = Buffer.from([temporary, cwd, String(command.length), ...command, ...pairs].join('\0'));
  return Buffer.concat([Buffer.from(`${body.length}\n`), body]);
}

let number = 0;

/** With the process id unique on this machine; a name that is taken all the same fails the call, it is never shared. */
function nextNumber(): string {
  number += 1;
  return `${number}-${Math.random().toString(36).slice(2, 8)}`;
}

/** The event loop may have been busy; where Python and Node do not share a clock, the message's arrival counts. */
function elapsedSince(monotonicSeconds: number, bootedAt: number): number {
  const elapsedMs = Number(process.hrtime.bigint()) / 1e6 - monotonicSeconds * 1000;
  return elapsedMs >= 0 && elapsedMs <= performance.now() - bootedAt ? elapsedMs : 0;
}

/** Reads a stream to its end into a consumer; an error is an end too. */
export async function readAll(stream: Duplex, consumer: { add: (bytes: Buffer) => void }): Promise<void> {
  try {
    for await (const bytes of stream) consumer.add(bytes as Buffer);
  } catch {
    // The other side went away in the middle: what has come is what there is.
  }
}

function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, each]) => each === number) ?? [];
  return name ?? `signal ${number}`;
}

function supervisorError(command: string, details: string, code: string | undefined, cause: unknown): PluginHostError {
  if (code === 'ENOENT') {
    return new PluginHostError(
      'PYTHON_NOT_FOUND',
      `${supervisorPython} is not there; it supervises every plugin process`,
      {
        hint: 'Install Python 3 (Debian: apt install python3).',
        cause,
      },
    );
  }
  return new PluginHostError('CHILD_FAILED', `${command} could not be run: ${details.trim()}`, {
    hint: 'Look at what the message names; a full disk or process table and a missing file are the usual causes.',
    cause,
  });
}
