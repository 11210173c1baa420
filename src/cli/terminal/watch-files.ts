import { existsSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { askInTerminal } from './ask-in-terminal.ts';
import type { Terminal } from './create-terminal.ts';
import { hasKeys, readKeys } from './read-keys.ts';
import { renderError } from './render-error.ts';
import { renderRule } from './render-rule.ts';
import { watchPaths } from './watch-paths.ts';

/** Editors write a file in several steps. */
const settleMs = 100;

const interruptedExitCode = 130;
const faultOfPlugin = 1;
const mostNamed = 3;

export interface Watched {
  /** Files and folders; they need not exist yet. Asked again after every run, which may have found others. */
  paths: () => readonly string[];
  /** Gives the exit code of the command if nothing else is run. */
  run: () => Promise<number>;
  /** Whatever the first run fails with, there is something to watch; else only a fault of what is run is worth it. */
  isTolerant?: boolean;
  /** Which tests are run; keys change it. */
  filter?: { text: string | undefined };
}

/**
 * Runs, and again after every change of the files and of everything below the folders, and when a key asks for it, until interrupted or quit.
 * @returns exit code of an interrupted command; after the key q that of the last run
 */
export async function watchFiles(
  { paths, run, isTolerant = false, filter }: Watched,
  terminal: Terminal,
): Promise<number> {
  const { interrupted } = terminal;
  const changed = new Set<string>();
  let next = Promise.withResolvers<string>();
  let timer: NodeJS.Timeout | undefined;
  const wake = (): void => {
    next.resolve('');
  };
  // One watcher all the time: a change during a run is seen after it.
  const watcher = watchPaths(paths(), (file) => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(wake, settleMs);
  });
  const alive = setInterval(() => undefined, 60_000); // also when everything disappears and comes back
  interrupted.addEventListener('abort', wake);
  const isInTerminal = hasKeys() && !terminal.manner.isQuiet;
  try {
    let exitCode = await runOnce(run, terminal, ({ exitCode: code }) => isTolerant || code === faultOfPlugin);
    watcher.update(paths());
    if (!isInTerminal) terminal.say(`watching ${paths().join(', ')}; Ctrl-C ends`);
    for (;;) {
      const key = interrupted.aborted
        ? ''
        : await nextKey(
            () => next.promise,
            isInTerminal,
            terminal,
            () => promptOf(paths(), filter),
          );
      if (interrupted.aborted) return interruptedExitCode;
      if (key === 'q') return exitCode;
      if (key === 'a' && filter !== undefined) filter.text = undefined;
      if (key === 'f' && filter !== undefined) {
        const typed = await askInTerminal(terminal, 'only cases with this text in their name or file: ', true);
        filter.text = typed === null || typed.trim() === '' ? undefined : typed.trim();
      }
      next = Promise.withResolvers();
      watcher.update(paths()); // replaced files are watched again
      const files = withoutPassing([...changed]);
      changed.clear();
      begin(files, terminal, isInTerminal);
      exitCode = await runOnce(run, terminal, () => true);
      watcher.update(paths());
    }
  } finally {
    clearTimeout(timer);
    clearInterval(alive);
    watcher.close();
    interrupted.removeEventListener('abort', wake);
  }
}

/** Waits for a change, or for a key that means something; the empty text: a change, or the end. */
async function nextKey(
  changed: () => Promise<string>,
  isInTerminal: boolean,
  terminal: Terminal,
  prompt: () => { text: string; keys: string },
): Promise<string> {
  if (!isInTerminal) return changed();
  const { text, keys } = prompt();
  const { promise, resolve } = Promise.withResolvers<string>();
  const reading = readKeys(terminal, (key) => {
    if (keys.includes(key)) resolve(key);
  });
  // Only now: the terminal itself must not repeat what is typed right after it.
  terminal.say(terminal.paintError('dim', text));
  return Promise.race([changed(), promise]).finally(reading.close);
}

function promptOf(paths: readonly string[], filter: Watched['filter']): { text: string; keys: string } {
  const names = paths.slice(0, mostNamed).map((each) => path.relative(process.cwd(), each) || '.');
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  const only = filter?.text === undefined ? '' : `, only cases with ${JSON.stringify(filter.text)}`;
  const forTests = filter === undefined ? '' : `, f: filter${filter.text === undefined ? '' : ', a: all'}`;
  return {
    text: `\nwatching ${names.join(', ')}${more}${only}\nEnter: again${forTests}, q: quit`,
    keys: filter === undefined ? '\rq' : '\rqfa',
  };
}

/** Editors and `sed -i` write beside the file and rename: what is gone again is not named, unless nothing else changed. */
function withoutPassing(files: readonly string[]): readonly string[] {
  const there = files.filter((each) => existsSync(each));
  return there.length > 0 ? there : files;
}

/** In a terminal the run has the screen for itself; what was there can be scrolled back to. */
function begin(changed: readonly string[], terminal: Terminal, isInTerminal: boolean): void {
  if (isInTerminal && process.stderr.rows > 0) process.stderr.write(`${'\n'.repeat(process.stderr.rows)}\u001b[H`);
  const columns = isInTerminal ? terminal.columns() : 40;
  terminal.say(terminal.paintError('dim', renderRule(changed, new Date(), columns)));
}

/** A temporary error does not end the watching. */
async function runOnce(
  run: () => Promise<number>,
  terminal: Terminal,
  isTemporary: (error: PluginHostError) => boolean,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED' || !isTemporary(error)) throw error;
    terminal.sayAnyway(renderError(error, terminal.paintError));
    return error.exitCode;
  }
}
