import { PluginHostError } from '../../base/plugin-host-error.ts';
import { tell } from '../../diagnostics/tell.ts';
import type { Inquiry } from '../../process/inquiry.ts';
import type { LogCollector } from '../../process/output/log-collector.ts';
import type { RequestProcess, ChildReport, ChildRequest } from '../../process/request-process.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { inquireModule } from '../stacks/inquire-module.ts';
import { inquirePython } from '../stacks/inquire-python.ts';
import type { Told } from '../stacks/stack-frame.ts';
import { coldShims } from './boot-shim.ts';
import { classMissing } from './class-missing.ts';
import { type Connection, readConnection } from './connection.ts';
import { debuggerFailed, type Debugging, tellDebugging } from './debugging.ts';
import { findInterpreter, hintOnEnvironment, interpreterOf, type RunnerSettings } from './runner-settings.ts';
import { type ReplyLine, type ShimRequest, lastTags, parseReplyLine } from './shim-request.ts';
import type { ShimSource, TakenShim } from './shim-source.ts';

export interface ShimRun {
  report: ChildReport;
  lines: ReplyLine[];
  log: LogCollector;
  /** Where the plugin was at its deadline. */
  told: () => Told | undefined;
}

interface RunOptions {
  plugin: Plugin;
  settings: RunnerSettings;
  request: ShimRequest;
  /** Default: a fresh interpreter. */
  shims?: ShimSource | undefined;
  allowedMs: number | undefined;
  debugging?: Debugging | undefined;
  signal?: AbortSignal | undefined;
  /** Gets what the plugin writes, as it comes. */
  onLog?: ((bytes: Buffer) => void) | undefined;
  /** Is told of connections as they are made, with backends. */
  onConnection?: ((connection: Connection) => void) | undefined;
  /** Called when the reply is complete, while the child still ends. */
  onReplied?: ((run: ShimRun) => void) | undefined;
}

/**
 * Sends one request to an interpreter with the shim of the plugin's language.
 * @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, CLASS_MISSING, DEBUGGER_MISSING, PORT_REFUSED, and what `RequestProcess` throws
 */
export async function runShim(options: RunOptions): Promise<ShimRun> {
  const {
    plugin,
    settings,
    request,
    shims = coldShims,
    allowedMs,
    debugging,
    signal,
    onLog,
    onConnection,
    onReplied,
  } = options;
  signal?.throwIfAborted();
  if (plugin.language === 'python') requirePython(plugin, settings);
  const input = encodeRequest({ ...request, ...keepersOf(settings) });
  let hasBegun = false;
  const onLine = (line: string): void => {
    hasBegun ||= line.startsWith('phase ');
    const connection = onConnection && readConnection(parseReplyLine(line));
    if (connection !== undefined) onConnection?.(connection);
    if (debugging !== undefined) tellDebugging(parseReplyLine(line), plugin, debugging);
  };
  const runIn = ({ child }: TakenShim): Promise<ShimRun> => {
    const onReply = onReplied && tellBegun(child, onReplied);
    return runRequest(child, plugin, { input, allowedMs, onLine, onLog, signal, onReplied: onReply });
  };
  const taken = await shims.take(plugin, settings);
  tell(() => ({
    what: 'call',
    hook: request.mode === 'call' ? request.hook : request.mode,
    plugin: plugin.name,
    interpreter: interpreterOf(plugin, settings),
    isPrepared: taken.isPrepared,
    allowedMs,
  }));
  const first = await runIn(taken).catch((error: unknown) => {
    // A prepared process that broke is replaced by a fresh interpreter; a hook that had begun is not called twice.
    signal?.throwIfAborted();
    if (taken.isPrepared && !hasBegun) return undefined;
    throw error;
  });
  const run =
    first === undefined || (taken.isPrepared && isUnbegun(first))
      ? await runIn(await coldShims.take(plugin, settings))
      : first;
  const { report, lines, log } = run;
  const last = lines.at(-1);
  if (last === undefined && report.stopped === undefined) throw interpreterFailed(plugin, settings, report, log);
  const failure = last && debuggerFailed(last);
  if (failure !== undefined) throw failure;
  if (last?.tag === 'class-missing') {
    throw classMissing(plugin, last.text);
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
  return run;
}

/** What a process keeps beside its reply. What Node compiled for an earlier process has no counters. */
function keepersOf({ coverage, compileCache }: RunnerSettings): Pick<ShimRequest, 'coverage' | 'compileCache'> {
  if (coverage !== undefined) return { coverage };
  return compileCache === undefined ? {} : { compileCache };
}

async function runRequest(
  child: RequestProcess,
  plugin: Plugin,
  request: Omit<ChildRequest, 'isLast' | 'inquiry'>,
): Promise<ShimRun> {
  const { inquiry, told } = inquire(plugin);
  const report = await child.run({ ...request, inquiry, isLast: (line) => lastTags.has(parseReplyLine(line).tag) });
  return { report, lines: report.reply.map(parseReplyLine), log: child.log, told };
}

/** How a plugin can be asked where it is. */
function inquire({ language, isLegacy }: Plugin): { inquiry: Inquiry | undefined; told: ShimRun['told'] } {
  if (isLegacy === true) return { inquiry: undefined, told: () => undefined };
  return language === 'python' ? inquirePython() : inquireModule();
}

/** A reply of the plugin, not one that asks for a fresh interpreter. */
function tellBegun(child: RequestProcess, onReplied: (run: ShimRun) => void): (report: ChildReport) => void {
  return (report) => {
    const run = { report, lines: report.reply.map(parseReplyLine), log: child.log, told: () => undefined };
    if (!isUnbegun(run)) onReplied(run);
  };
}

/** Nothing of the plugin was touched yet: its process was lost, or could not replace a fresh one. */
function isUnbegun({ report, lines }: ShimRun): boolean {
  return report.stopped === undefined && !lines.some(({ tag }) => tag === 'phase');
}

/** The plugin did not cause it: a broken environment, a launcher that finds no interpreter. */
function interpreterFailed(
  plugin: Plugin,
  settings: RunnerSettings,
  report: ChildReport,
  log: LogCollector,
): PluginHostError {
  const interpreter = interpreterOf(plugin, settings);
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
      hint: `${hintOnEnvironment} Name another with ${whereNamed(plugin)} in plugin-host.yaml.`,
    },
  );
}

/** One line, so that the shim need not wait for the end of the channel. @throws PluginHostError JSON_INVALID */
function encodeRequest(request: ShimRequest): string {
  try {
    return `${JSON.stringify(request)}\n`;
  } catch (cause) {
    throw new PluginHostError('JSON_INVALID', `the arguments cannot be written as JSON: ${(cause as Error).message}`, {
      hint: 'Pass strings, numbers, booleans, null, arrays and plain objects.',
      cause,
    });
  }
}

function requirePython(plugin: Plugin, settings: RunnerSettings): void {
  const interpreter = interpreterOf(plugin, settings);
  if (findInterpreter(interpreter, settings) !== undefined) return;
  throw new PluginHostError('PYTHON_NOT_FOUND', `${interpreter}: no such Python interpreter`, {
    hint: `Install ${plugin.isLegacy ? 'Python 2 or Jython' : 'Python 3'}, or name an interpreter with ${whereNamed(plugin)} in plugin-host.yaml.`,
  });
}

function whereNamed({ isLegacy }: Plugin): string {
  return isLegacy ? '`legacyPython:`' : '--python or with `python:`';
}
