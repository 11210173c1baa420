import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { RequestProcess } from '../../process/request-process.ts';
import { startSupervisor, type Command } from '../../process/start-supervisor.ts';
import { loneWorkerFile } from '../../process/warm/lone-worker-file.ts';
import { startForked } from '../../process/warm/start-forked.ts';
import type { Language } from '../plugin/plugin.ts';
import { shimFile } from '../shim/shim-file.ts';
import { choosePreload } from './choose-preload.ts';
import { keptPath } from './kept-path.ts';
import { childCommand, findPython, type RunnerSettings, shimEnvironment } from './runner-settings.ts';
import type { OpenedShims, Placed, ShimSource } from './shim-source.ts';

/** Limits of one call, in bytes. Source: product contract, answer limit. */
export const replyLimitBytes = 16 * 1024 * 1024;
const logLimitBytes = 1024 * 1024;

/** Room for the tag and the blank before a reply of exactly the limit; the reader of the reply finds a smaller excess. */
const tagBytes = 64;

/** The cookies of a result are sent separately too, and there are a few more lines. */
const replyTotal = 2 * replyLimitBytes + 1024 * 1024;

export const childLimits = { replyLimitBytes: replyLimitBytes + tagBytes, replyTotal, logLimitBytes };

/** An interpreter that was started before its call. */
export interface BootedShim {
  child: RequestProcess;
  /** What it was started with; it serves a call that would start the same. */
  start: string;
  /** It has imported modules for its call already. */
  isPrepared: boolean;
}

/** A fresh interpreter for each call, started when it is called. */
export const coldShims: OpenedShims = {
  take: (plugin, settings) => Promise.resolve(bootShim(plugin, settings)),
  warmUp: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** The booted shim for the first call that it fits. */
export function withBooted(booted: BootedShim): ShimSource {
  return {
    take: (plugin, settings) => {
      const isFitting = booted.child.isWaiting && booted.start === JSON.stringify(describeStart(plugin, settings));
      return Promise.resolve(isFitting ? booted : bootShim(plugin, settings));
    },
  };
}

export function bootShim(plugin: Placed, settings: RunnerSettings): BootedShim {
  const command = describeStart(plugin, settings);
  return {
    child: new RequestProcess((events) => startSupervisor(command, events), childLimits),
    start: JSON.stringify(command),
    isPrepared: false,
  };
}

/** @param preload Modules that the interpreter imports while it waits for its request */
function bootPrepared(plugin: Placed, settings: RunnerSettings, preload: readonly string[]): BootedShim {
  const { python, ahead = [] } = settings;
  const command = describeStart(plugin, settings);
  const program = [loneWorkerFile, shimFile('python-shim.py'), preload.join(' '), ...ahead] as const;
  const forked = { ...command, python, program, kept: keptPath(settings) };
  return {
    child: new RequestProcess((events) => startForked(forked, events), childLimits),
    start: JSON.stringify(command),
    isPrepared: true,
  };
}

function describeStart(plugin: Placed, settings: RunnerSettings): Command {
  return {
    command: childCommand(plugin, settings),
    cwd: plugin.root,
    env: { ...shimEnvironment(settings), ...countingOf(plugin, settings) },
    limits: { ...settings.limits, isMemoryWatched: plugin.language === 'typescript' },
  };
}

/** Node counts in itself, and in the processes of Node that it starts. */
function countingOf({ language }: Placed, { coverage }: RunnerSettings): Record<string, string> {
  return language === 'typescript' && coverage !== undefined ? { NODE_V8_COVERAGE: coverage } : {};
}

/** Its names in real plugins; the MANIFEST, which is not read yet, decides. */
const usualEntryPoints: [string, Language][] = [
  ['main.py', 'python'],
  ['main.ts', 'typescript'],
];

/**
 * Boots the interpreter that a plugin folder most likely needs while the rest of the host is still being loaded; nothing of the plugin is
 * touched before the request. Undefined when there is no indication. The caller discards what was not used.
 * @param isPreparing It also imports what the plugin will import of installed packages
 */
export function bootAhead(folder: string, settings: RunnerSettings, isPreparing: boolean): BootedShim | undefined {
  const [found, other] = usualEntryPoints.filter(([name]) => existsSync(path.join(folder, name)));
  if (found === undefined || other !== undefined) return undefined;
  const [, language] = found;
  if (language === 'python' && findPython(settings) === undefined) return undefined;
  const root = realpathSync(folder);
  const plugin = { language, root };
  return language === 'python' && isPreparing
    ? bootPrepared(plugin, settings, choosePreload(root))
    : bootShim(plugin, settings);
}
