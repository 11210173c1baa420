import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { PluginHostError } from '../errors.ts';
import { encodeLimits, type Limits } from './limits.ts';
import {
  childFailed,
  type Supervisor,
  type SupervisorEvents,
  type SupervisorProcess,
  superviseOver,
} from './supervision.ts';

export interface SupervisedCommand {
  command: readonly [string, ...string[]];
  cwd: string;
  /** The whole environment; `TMPDIR` is added, a folder that lives as long as the command. */
  env: Readonly<Record<string, string>>;
  limits: Limits;
}

/** The supervisor needs no packages, so the system's Python, which starts fastest, comes first. */
export const supervisorPython = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const supervisorFile = fileURLToPath(new URL('supervisor.py', import.meta.url));

interface StartOptions {
  /** The command is a server: what it started may outlive it, until the host says otherwise. */
  lingers?: boolean;
  /** The command's standard input and output take the place of its descriptors 3 and 4; its standard error is the log. */
  isStandard?: boolean;
}

export interface SupervisedProcess extends Supervisor {
  /** The command's temporary folder. */
  temporary: string;
}

/**
 * Starts one command under `supervisor.py`, which ends all that the command started, also when this process dies.
 * @throws PluginHostError SYSTEM_UNSUPPORTED
 */
export function startSupervisor(
  request: SupervisedCommand,
  events: SupervisorEvents,
  { lingers = false, isStandard = false }: StartOptions = {},
): SupervisedProcess {
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
  if (!log || !input || !reply || !control) throw new Error('a stream is missing', { cause: child.catch(String) });
  const end = async (): ReturnType<() => SupervisorProcess['ended']> => {
    const { signal, exitCode, stderr, code, cause } = await child;
    if (signal !== undefined) return { killedBy: signal };
    return exitCode === 0 ? {} : { failure: supervisorFailed(request.command[0], stderr, code, cause) };
  };
  const supervisor = superviseOver(
    { control, log, input, reply },
    {
      temporary,
      ended: end(),
      kill: () => child.kill('SIGKILL'),
      name: request.command[0],
      bootedAt: performance.now(),
      hold: (isHeld) => {
        const change = isHeld ? 'ref' : 'unref';
        child.nodeChildProcess[change]();
        for (const stream of child.stdio as unknown as (Socket | null | undefined)[]) stream?.[change]();
      },
    },
    events,
  );
  control.write(encodeCommand(temporary, request, lingers ? 'linger' : isStandard ? 'standard' : ''));
  return { ...supervisor, temporary };
}

/** As `read_command` of supervisor.py reads it. */
function encodeCommand(temporary: string, { command, cwd, env, limits }: SupervisedCommand, manner: string): Buffer {
  const pairs = Object.entries({ ...env, TMPDIR: temporary }).map(([name, value]) => `${name}=${value}`);
  const words = [temporary, cwd, String(command.length), ...command, manner, encodeLimits(limits)];
  const body = Buffer.from([...words, ...pairs].join('\0'));
  return Buffer.concat([Buffer.from(`${body.length}\n`), body]);
}

let number = 0;

/** With the process id unique on this machine; a name that is taken all the same fails the call, it is never shared. */
function nextNumber(): string {
  number += 1;
  return `${number}-${Math.random().toString(36).slice(2, 8)}`;
}

function supervisorFailed(command: string, details: string, code: string | undefined, cause: unknown): PluginHostError {
  if (code !== 'ENOENT') return childFailed(command, details, cause);
  return new PluginHostError(
    'PYTHON_NOT_FOUND',
    `${supervisorPython} is not there; it supervises every plugin process`,
    {
      hint: 'Install Python 3 (Debian: apt install python3).',
      cause,
    },
  );
}
