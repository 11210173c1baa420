import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { PassThrough, type Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import pTimeout from 'p-timeout';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { tell } from '../diagnostics/tell.ts';
import { childFailed } from './child-failed.ts';
import { type Supervisor, type SupervisorEnd, type SupervisorEvents, connectSupervisor } from './connect-supervisor.ts';
import { ControlChannel } from './control-channel.ts';
import { encodeWords } from './encode-words.ts';
import { findSystemProgram } from './find-on-path.ts';
import { temporaryPath } from './folders/make-temporary-folder.ts';
import { type PinnedSpace, pinNameSpace } from './folders/pin-name-space.ts';
import { sweep } from './folders/sweep.ts';
import { encodeLimits, type Limits } from './limits.ts';

export interface Command {
  command: readonly [string, ...string[]];
  cwd: string;
  /** The whole environment; `TMPDIR` is added, a folder that lives as long as the command. */
  env: Readonly<Record<string, string>>;
  limits: Limits;
}

const systemPython = '/usr/bin/python3';

/** The supervisor needs no packages, so the system's Python, which starts fastest, comes first. */
export const supervisorPython = existsSync(systemPython) ? systemPython : 'python3';

const supervisorFile = fileURLToPath(new URL('supervisor.py', import.meta.url));

/** The parts of a supervisor, for programs of ours that are supervisors themselves: the only file of this folder that others may load. */
export const supervisionFile = fileURLToPath(new URL('supervision.py', import.meta.url));

/** By then, the message of a supervisor that failed has arrived. */
const stderrPatienceMs = 500;

interface StartOptions {
  /** The command is a server: what it started may outlive it, until the host says otherwise. */
  lingers?: boolean;
  /** The command's standard input and output take the place of its descriptors 3 and 4; its standard error is the log. */
  isStandard?: boolean;
}

export interface StartedSupervisor extends Supervisor {
  /** The command's temporary folder. */
  temporary: string;
}

/**
 * Starts one command under `supervisor.py`, which ends all that the command started, also when this process dies.
 * @throws PluginHostError SYSTEM_UNSUPPORTED
 */
export function startSupervisor(
  request: Command,
  events: SupervisorEvents,
  { lingers = false, isStandard = false }: StartOptions = {},
): StartedSupervisor {
  const temporary = temporaryPath();
  const manner = lingers ? 'linger' : isStandard ? 'standard' : '';
  const launch = {
    command: [findSystemProgram(systemPython, request.env['PATH']), '-I', '-S', '-B', supervisorFile],
    cwd: '/',
    env: {},
    order: encodeCommand(temporary, request, manner),
    temporary,
    started: request,
  } as const;
  return launchSupervisor(launch, events);
}

export interface Launch {
  /** The supervisor's own command. */
  command: readonly [string, ...string[]];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** What it reads first. */
  order: Buffer;
  /** The folder that it makes, see `temporaryPath`. */
  temporary: string;
  /** What it starts, as it is told. */
  started: Command;
}

/**
 * Starts a supervisor: `supervisor.py`, or a program that is one itself.
 * @throws PluginHostError SYSTEM_UNSUPPORTED
 */
export function launchSupervisor(launch: Launch, events: SupervisorEvents): StartedSupervisor {
  if (process.platform === 'win32') {
    throw new PluginHostError(
      'SYSTEM_UNSUPPORTED',
      'plugins cannot run on Windows: process trees cannot be ended there',
      {
        hint: 'Use the Windows Subsystem for Linux.',
      },
    );
  }
  const { command, cwd, env, order, temporary, started } = launch;
  tell(() => ({
    what: 'start',
    command: started.command,
    folder: started.cwd,
    environment: [...new Set([...Object.keys(started.env), 'TMPDIR'])],
    limits: started.limits,
  }));
  const [file, ...args] = command;
  const [name] = started.command;
  // Not by execa, whose loading took a tenth of a start; the end of the control channel cleans up, however the host ends.
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: true, // out of the reach of the terminal's Ctrl-C: the host ends its children in order
  });
  // Without a descriptor left the system gives us no process and no streams.
  const found = (child.stdio as unknown as (Duplex | null | undefined)[] | undefined) ?? [];
  const streams = Array.from({ length: 6 }, (_, index) => found[index] ?? new PassThrough());
  const [, log, errors, input, reply, control] = streams as [Duplex, Duplex, Duplex, Duplex, Duplex, Duplex];
  const isThere = child.pid !== undefined;
  let pinned: PinnedSpace | undefined;
  const supervisor = connectSupervisor(
    { control: new ControlChannel(control), log, input, reply },
    {
      ended: awaitEnd(child, errors, name),
      pin: (space) => {
        pinned = pinNameSpace(child.pid, space);
      },
      sweep: () => sweep(temporary, pinned?.name),
      wake: () => child.kill('SIGCONT'),
      kill: () => child.kill('SIGKILL'),
      name,
      bootedAt: performance.now(),
      hold: (isHeld) => {
        const change = isHeld ? 'ref' : 'unref';
        child[change]();
        for (const stream of streams) if (stream instanceof Socket) stream[change]();
      },
    },
    events,
  );
  void supervisor.gone.catch(() => undefined).then(() => pinned?.release());
  if (isThere) control.write(order);
  else for (const stream of streams) stream.destroy();
  return { ...supervisor, temporary };
}

/** Settles with its exit: a process that it left may hold its channels for longer. */
async function awaitEnd(child: ChildProcess, errors: Duplex, command: string): Promise<SupervisorEnd> {
  let details = '';
  errors.on('data', (bytes: Buffer) => {
    details += bytes.toString();
  });
  const said = once(child, 'close').catch(() => undefined);
  try {
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
    if (signal !== null) return { killedBy: signal };
    if (exitCode === 0) return {};
    await pTimeout(said, { milliseconds: stderrPatienceMs, fallback: () => undefined });
    return { failure: supervisorFailed(command, details, undefined, undefined) };
  } catch (cause) {
    return { failure: supervisorFailed(command, '', (cause as NodeJS.ErrnoException).code, cause) };
  }
}

/** As `read_command` of supervisor.py reads it. */
function encodeCommand(temporary: string, { command, cwd, env, limits }: Command, manner: string): Buffer {
  const pairs = Object.entries({ ...env, TMPDIR: temporary }).map(([name, value]) => `${name}=${value}`);
  const words = [temporary, cwd, String(command.length), ...command, manner, encodeLimits(limits)];
  return encodeWords([...words, ...pairs]);
}

function supervisorFailed(command: string, details: string, code: string | undefined, cause: unknown): PluginHostError {
  if (code === 'EMFILE' || code === 'ENFILE') return childFailed(command, 'too many open files', cause);
  if (code !== 'ENOENT') return childFailed(command, details, cause);
  return new PluginHostError(
    'PYTHON_NOT_FOUND',
    `${supervisorPython} was not found; it supervises every plugin process`,
    {
      hint: 'Install Python 3 (Debian: apt install python3).',
      cause,
    },
  );
}
