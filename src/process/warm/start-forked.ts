import { fileURLToPath } from 'node:url';
import type { SupervisorEvents } from '../connect-supervisor.ts';
import { encodeWords } from '../encode-words.ts';
import { temporaryPath } from '../folders/make-temporary-folder.ts';
import { encodeLimits } from '../limits.ts';
import { type Command, launchSupervisor, type StartedSupervisor, supervisionFile } from '../start-supervisor.ts';

export interface ForkedProgram extends Omit<Command, 'command'> {
  python: string;
  /** A file of ours with its words; it has `main()`, and finds `kept` and `supervision`. */
  program: readonly [string, ...string[]];
  /** Of files in which the interpreter keeps what it has compiled, without the ending; undefined: nothing is kept. */
  kept: string | undefined;
}

const supervisedFile = fileURLToPath(new URL('supervised.py', import.meta.url));

/**
 * Starts a program of ours in Python that forks itself from its supervisor, so that an interpreter starts once and not twice; see supervised.py.
 * @throws PluginHostError SYSTEM_UNSUPPORTED
 */
export function startForked(
  { python, program, kept = '', cwd, env, limits }: ForkedProgram,
  events: SupervisorEvents,
  manner: 'linger' | '' = '',
): StartedSupervisor {
  const temporary = temporaryPath();
  const launch = {
    // Unbuffered, so that both streams are logged in the order in which they were written, also by a killed program.
    command: [python, '-u', supervisedFile, kept, supervisionFile, ...program],
    cwd,
    env: { ...env, TMPDIR: temporary },
    order: encodeWords([temporary, manner, encodeLimits(limits)]),
    temporary,
    started: { command: [python, '-u', ...program], cwd, env, limits },
  } as const;
  return launchSupervisor(launch, events);
}
