import { watch } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** Editors write a file in several steps. */
const settleMs = 100;

const interruptedExitCode = 130;

/** Runs again after every change below `folder`, until interrupted. */
export async function watchPlugin(folder: string, terminal: Terminal, run: () => Promise<number>): Promise<number> {
  let next = Promise.withResolvers<undefined>();
  let timer: NodeJS.Timeout | undefined;
  const { interrupted } = terminal;
  const wake = (): void => {
    next.resolve(undefined);
  };
  // One watcher all along: a change during a run is seen after it.
  const watcher = watch(folder, { recursive: true }, (_event, file) => {
    // The host's own notes are no change of the plugin.
    if (file?.split(path.sep)[0] === '.plugin-host') return;
    clearTimeout(timer);
    timer = setTimeout(wake, settleMs);
  });
  watcher.on('error', wake);
  const alive = setInterval(() => undefined, 60_000); // also when the folder goes away and comes back
  interrupted.addEventListener('abort', wake);
  terminal.say(`watching ${folder}; Ctrl-C ends`);
  try {
    for (;;) {
      if (!interrupted.aborted) await next.promise;
      if (interrupted.aborted) return interruptedExitCode;
      next = Promise.withResolvers();
      await runOnce(run, terminal);
    }
  } finally {
    clearTimeout(timer);
    clearInterval(alive);
    watcher.close();
    interrupted.removeEventListener('abort', wake);
  }
}

/** A plugin that is broken for the moment does not end the watching. */
async function runOnce(run: () => Promise<number>, terminal: Terminal): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED') throw error;
    terminal.say(`${terminal.paintError('red', error.code)}  ${error.message}\n  ${error.hint}`);
  }
}
