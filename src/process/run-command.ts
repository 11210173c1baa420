import { LineReader } from './output/line-reader.ts';
import { readAll } from './output/read-all.ts';
import { startSupervisor } from './start-supervisor.ts';

export interface CommandOptions {
  command: readonly [string, ...string[]];
  cwd: string;
  /** The whole environment; `TMPDIR` is added, a folder that lives as long as the command. */
  env: Readonly<Record<string, string>>;
  /** Each line of both streams, as it comes. */
  onLine?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface CommandRun {
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  /** What it wrote to both streams. */
  lines: string[];
  /** What it wrote to descriptor 4, for programs of ours that answer apart from what a library may print. */
  reply: string[];
}

/** Longest line that is read, in bytes. */
const lineLimitBytes = 1024 * 1024;

/**
 * Runs a program of ours or a tool to its end. It and everything that it started end with this process, however that ends, so that
 * nothing still writes when the next one starts.
 * @throws PluginHostError SYSTEM_UNSUPPORTED, PYTHON_NOT_FOUND, CHILD_FAILED; the reason of `signal` when that aborts
 */
export async function runCommand({ command, cwd, env, onLine, signal }: CommandOptions): Promise<CommandRun> {
  signal?.throwIfAborted();
  const run: CommandRun = { exitCode: undefined, lines: [], reply: [] };
  const supervisor = startSupervisor(
    { command, cwd, env, limits: {} },
    {
      onStarted: () => undefined,
      onExit: (exit) => {
        run.exitCode = 'exitCode' in exit ? exit.exitCode : undefined;
      },
      onLeft: () => undefined,
    },
  );
  const takeLine = (line: string): void => {
    run.lines.push(line);
    onLine?.(line);
  };
  const readLines = (take: (line: string) => void): LineReader => new LineReader(lineLimitBytes, take, take);
  const reply = readLines((line) => run.reply.push(line));
  const abort = (): void => {
    supervisor.hard();
  };
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  supervisor.input.on('error', () => undefined); // a command need not read it
  supervisor.input.end();
  try {
    await Promise.all([
      supervisor.gone,
      readAll(supervisor.log, readLines(takeLine)),
      readAll(supervisor.reply, reply),
    ]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  signal?.throwIfAborted();
  return run;
}
