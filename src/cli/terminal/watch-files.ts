import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Terminal } from './create-terminal.ts';
import { renderError } from './render-error.ts';
import { watchPaths } from './watch-paths.ts';

/** Editors write a file in several steps. */
const settleMs = 100;

const interruptedExitCode = 130;

/**
 * Runs again after every change of the files and of everything below the folders, until interrupted. They need not exist yet.
 * @param paths a function is asked again after every run, for what is watched may name other files
 * @param run gets the paths that changed
 * @returns exit code of an interrupted command
 */
export async function watchFiles(
  paths: readonly string[] | (() => readonly string[]),
  terminal: Terminal,
  run: (changed: readonly string[]) => Promise<number>,
): Promise<number> {
  const listPaths = (): readonly string[] => (typeof paths === 'function' ? paths() : paths);
  const { interrupted } = terminal;
  const changed = new Set<string>();
  let next = Promise.withResolvers<undefined>();
  let timer: NodeJS.Timeout | undefined;
  const wake = (): void => {
    next.resolve(undefined);
  };
  // One watcher all the time: a change during a run is seen after it.
  const watcher = watchPaths(listPaths(), (file) => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(wake, settleMs);
  });
  const alive = setInterval(() => undefined, 60_000); // also when everything disappears and comes back
  interrupted.addEventListener('abort', wake);
  terminal.say(`watching ${listPaths().join(', ')}; Ctrl-C ends`);
  try {
    for (;;) {
      if (!interrupted.aborted) await next.promise;
      if (interrupted.aborted) return interruptedExitCode;
      next = Promise.withResolvers();
      watcher.update(listPaths()); // replaced files are watched again
      const files = [...changed];
      changed.clear();
      await runOnce(() => run(files), terminal);
      if (typeof paths === 'function') watcher.update(paths());
    }
  } finally {
    clearTimeout(timer);
    clearInterval(alive);
    watcher.close();
    interrupted.removeEventListener('abort', wake);
  }
}

/** A temporary error does not end the watching. */
async function runOnce(run: () => Promise<number>, terminal: Terminal): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED') throw error;
    terminal.sayAnyway(renderError(error, terminal.paintError));
  }
}
