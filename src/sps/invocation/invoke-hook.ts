import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { type Connection, readConnection } from './connection.ts';
import { type Debugging, encodeDebugging, withoutDebugger } from './debugging.ts';
import { readDoubts } from './doubts.ts';
import type { Ending, Exchange } from './exchange.ts';
import { readEnding } from './read-ending.ts';
import { runShim } from './run-shim.ts';
import type { RunnerSettings } from './runner-settings.ts';
import { type ApplianceRequest, type Phase, readWord, type ReplyLine } from './shim-request.ts';
import type { ShimSource } from './shim-source.ts';

export interface Invocation {
  plugin: Plugin;
  hook: string;
  /** It gives a verdict. */
  isVerdictDue: boolean;
  /** Without the cookies. */
  kwargs: JsonObject;
  /** JSON texts of `cookie` and `session_cookie`. */
  cookies: Record<string, string>;
  /** Undefined when none is configured: the constructor then gets the empty text, or nothing if it takes nothing. */
  configuration: string | undefined;
  /** Time the plugin has: half of the proxy timeout. Undefined: no deadline. */
  pluginTimeoutMs: number | undefined;
  /** Added to the child's. */
  environment?: Record<string, string> | undefined;
  appliance?: ApplianceRequest | undefined;
  shims?: ShimSource | undefined;
  debugging?: Debugging | undefined;
  signal?: AbortSignal | undefined;
  /** Gets what the plugin writes, as it comes. */
  onLog?: ((bytes: Buffer) => void) | undefined;
  /** Is told of connections as they are made, with backends. */
  onConnection?: ((connection: Connection) => void) | undefined;
  /** Gets a reply as soon as it is complete, while the child still ends. */
  onReplied?: ((ending: Ending) => void) | undefined;
}

/**
 * Calls one hook in a process of its own.
 * @throws PluginHostError HOOK_MISSING, DEBUGGER_MISSING, and what `runShim` throws
 */
export async function invokeHook(invocation: Invocation, settings: RunnerSettings): Promise<Exchange> {
  const {
    plugin,
    hook,
    isVerdictDue,
    kwargs,
    cookies,
    configuration,
    environment = {},
    appliance,
    pluginTimeoutMs,
    shims,
    debugging,
    signal,
    onLog,
    onConnection,
    onReplied,
  } = invocation;
  const run = await runShim({
    plugin,
    settings,
    request: {
      mode: 'call',
      root: plugin.root,
      entry: plugin.entryPoint,
      environment,
      appliance: appliance ?? null,
      debug: encodeDebugging(plugin, debugging),
      hook,
      kwargs,
      cookies,
      configuration: configuration ?? '',
      isConfigurationGiven: configuration !== undefined,
      isVerdictDue,
    },
    ...(debugging === undefined ? { shims, allowedMs: pluginTimeoutMs } : { debugging, allowedMs: undefined }),
    signal,
    onLog,
    onConnection,
    onReplied:
      onReplied &&
      ((run) => {
        onReplied(readEnding(run, plugin));
      }),
  });
  const { report, lines, log } = run;
  if (report.stopped === undefined && lines.at(-1)?.tag === 'hook-missing') {
    throw new PluginHostError('HOOK_MISSING', `${plugin.entryPoint}: class Plugin has no ${hook}`, {
      hint: `Define ${hook}; \`plugin-host hooks ${plugin.type}\` shows its arguments.`,
    });
  }
  const { kwargs: received, unknown } = readReceived(lines);
  return {
    ending: readEnding(run, plugin),
    phase: readPhase(lines),
    received,
    unknownArguments: unknown,
    durationMs: report.durationMs,
    collectLog: (mask) => {
      const collected = log.collect(mask);
      return debugging === undefined ? collected : { ...collected, lines: withoutDebugger(collected.lines, plugin) };
    },
    doubts: readDoubts(lines),
    connections: lines.map(readConnection).filter((each) => each !== undefined),
    left: report.left,
    exceeded: report.exceeded,
  };
}

function readPhase(lines: ReplyLine[]): Phase {
  const last = lines.findLast(({ tag }) => tag === 'phase');
  return (last?.text ?? 'start') as Phase;
}

function readReceived(lines: ReplyLine[]): { kwargs: string[] | undefined; unknown: string[] } {
  const line = lines.find(({ tag }) => tag === 'received');
  if (line === undefined) return { kwargs: undefined, unknown: [] };
  const { kwargs, unknown } = readWord(line);
  return { kwargs: toTexts(kwargs), unknown: toTexts(unknown) };
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
