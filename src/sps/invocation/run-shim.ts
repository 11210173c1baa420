import { PluginHostError } from '../../errors.ts';
import type { ChildReport } from '../../process/child-process.ts';
import type { LogCollector } from '../../process/log-collector.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { type ReplyLine, type ShimRequest, lastTags, parseReplyLine } from './protocol.ts';
import { type BootedShim, takeShim } from './boot-shim.ts';
import { findPython, type RunnerSettings } from './runner.ts';

export interface ShimRun {
  report: ChildReport;
  lines: ReplyLine[];
  log: LogCollector;
}

interface RunOptions {
  plugin: Plugin;
  settings: RunnerSettings;
  request: ShimRequest;
  /** Used when it fits the plugin. */
  booted?: BootedShim | undefined;
  allowedMs: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Hands one request to an interpreter with the shim of the plugin's language.
 * @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, CLASS_MISSING, and what `ChildProcess` throws
 */
export async function runShim({ plugin, settings, request, booted, allowedMs, signal }: RunOptions): Promise<ShimRun> {
  signal?.throwIfAborted();
  if (plugin.language === 'python') requirePython(settings);
  const input = encodeRequest({
    ...request,
    ...(settings.compileCache === undefined ? {} : { compileCache: settings.compileCache }),
  });
  const { child } = takeShim(booted, plugin, settings);
  const report = await child.run({
    input,
    allowedMs,
    isLast: (line) => lastTags.has(parseReplyLine(line).tag),
    signal,
  });
  const { log } = child;
  const lines = report.reply.map(parseReplyLine);
  const last = lines.at(-1);
  if (last === undefined && report.stopped === undefined) throw interpreterFailed(plugin, settings, report, log);
  if (last?.tag === 'class-missing') {
    throw new PluginHostError('CLASS_MISSING', `${plugin.entryPoint}: has no class named Plugin`, {
      hint: 'Define, import or (in TypeScript) export a class with exactly this name in the entry point.',
    });
  }
  if (last?.tag === 'too-old') {
    throw new PluginHostError(
      'PYTHON_UNSUPPORTED',
      `${settings.python} is Python ${last.text}; 3.8 or newer is needed`,
      {
        hint: 'Name a newer interpreter with --python or with `python:` in plugin-host.yaml.',
      },
    );
  }
  return { report, lines, log };
}

/** The plugin had no part in it yet: a broken environment, a launcher that finds no interpreter. */
function interpreterFailed(
  { language }: Plugin,
  { python, node }: RunnerSettings,
  report: ChildReport,
  log: LogCollector,
): PluginHostError {
  const interpreter = language === 'python' ? python : node;
  const how = report.signal ?? `exit code ${report.exitCode ?? 'unknown'}`;
  const { lines } = log.collect((text) => text);
  const words = lines
    .map(({ text }) => text)
    .join('\n')
    .slice(-1000);
  return new PluginHostError(
    'CHILD_FAILED',
    `${interpreter} ended (${how}) before it reached the plugin${words === '' ? '' : `: ${words}`}`,
    {
      hint: 'Does the interpreter work by itself? Name another with --python or with `python:` in plugin-host.yaml.',
    },
  );
}

/** @throws PluginHostError JSON_INVALID */
function encodeRequest(request: ShimRequest): string {
  try {
    return JSON.stringify(request);
  } catch (cause) {
    throw new PluginHostError('JSON_INVALID', `the arguments cannot be written as JSON: ${(cause as Error).message}`, {
      hint: 'Pass texts, numbers, booleans, null, arrays and plain objects.',
      cause,
    });
  }
}

function requirePython(settings: RunnerSettings): void {
  if (findPython(settings) !== undefined) return;
  throw new PluginHostError('PYTHON_NOT_FOUND', `${settings.python}: no such Python interpreter`, {
    hint: 'Install Python 3, or name an interpreter with --python or with `python:` in plugin-host.yaml.',
  });
}
