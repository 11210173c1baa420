import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ChildProcess } from '../../process/child-process.ts';
import type { SupervisedCommand } from '../../process/supervisor.ts';
import type { Language, Plugin } from '../plugin/plugin.ts';
import { childCommand, childEnvironment, findPython, type RunnerSettings } from './runner.ts';

/** Limits of one call, in bytes. Source: product contract, answer limit. */
export const replyLimitBytes = 16 * 1024 * 1024;
const logLimitBytes = 1024 * 1024;

/** Room for the tag and blank in front of a reply of just the limit; what is over it by less is found by the reader of the reply. */
const tagBytes = 64;

/** An interpreter with the shim of its language, for one call. */
export interface BootedShim {
  child: ChildProcess;
  /** What it was started with; it serves a call that would start the same. */
  start: string;
}

type Placed = Pick<Plugin, 'language' | 'root'>;

function bootShim(plugin: Placed, settings: RunnerSettings): BootedShim {
  const start = describeStart(plugin, settings);
  return {
    child: new ChildProcess({ ...start, replyLimitBytes: replyLimitBytes + tagBytes, logLimitBytes }),
    start: JSON.stringify(start),
  };
}

/** The booted shim if it fits, else a new one. */
export function takeShim(booted: BootedShim | undefined, plugin: Placed, settings: RunnerSettings): BootedShim {
  const isFitting =
    booted?.child.isWaiting === true && booted.start === JSON.stringify(describeStart(plugin, settings));
  return isFitting ? booted : bootShim(plugin, settings);
}

function describeStart({ language, root }: Placed, settings: RunnerSettings): SupervisedCommand {
  return { command: childCommand(language, settings), cwd: root, env: childEnvironment(settings) };
}

/** What real plugins call it; the MANIFEST, not yet read, has the last word. */
const usualEntryPoints: [string, Language][] = [
  ['main.py', 'python'],
  ['main.ts', 'typescript'],
];

/**
 * Boots the interpreter that a plugin folder most likely needs while the rest of the host is still being loaded; nothing of the plugin is
 * touched before the request. Undefined when there is nothing to go by. The caller discards what was not used.
 */
export function bootAhead(folder: string, settings: RunnerSettings): BootedShim | undefined {
  const [found, other] = usualEntryPoints.filter(([name]) => existsSync(path.join(folder, name)));
  if (found === undefined || other !== undefined) return undefined;
  const [, language] = found;
  if (language === 'python' && findPython(settings) === undefined) return undefined;
  return bootShim({ language, root: realpathSync(folder) }, settings);
}
