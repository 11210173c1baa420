import { PluginHostError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { replyLimitBytes } from './boot-shim.ts';
import { type Debugging, encodeDebugging, withoutDebugger } from './debugging.ts';
import type { Doubts, Ending, Exchange } from './exchange.ts';
import type { ApplianceRequest, Phase, ReplyLine } from './protocol.ts';
import { runShim, type ShimRun } from './run-shim.ts';
import type { RunnerSettings } from './runner.ts';
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
  /** Is told a reply as soon as it is complete, while the child still ends. */
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
    onReplied:
      onReplied &&
      ((run) => {
        onReplied(readEnding(run));
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
    ending: readEnding(run),
    phase: readPhase(lines),
    received,
    unknownArguments: unknown,
    durationMs: report.durationMs,
    collectLog: (mask) => {
      const collected = log.collect(mask);
      return debugging === undefined ? collected : { ...collected, lines: withoutDebugger(collected.lines, plugin) };
    },
    doubts: readDoubts(lines),
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
  return JSON.parse(line.text) as { kwargs: string[]; unknown: string[] };
}

function readDoubts(lines: ReplyLine[]): Doubts {
  const words = lines.filter(({ tag }) => tag === 'doubts').map(({ text }) => JSON.parse(text) as Doubts);
  return Object.assign({}, ...words) as Doubts;
}

/** How a shim's run ended, whatever it was asked. */
export function readEnding({ report, lines }: ShimRun): Ending {
  const last = lines.at(-1);
  if (report.stopped === 'timed-out') return { kind: 'timed-out', forced: report.forced };
  const isTooLarge = last?.tag === 'returned' && Buffer.byteLength(last.text) > replyLimitBytes;
  if (report.stopped === 'reply-too-large' || isTooLarge) {
    const reply = Buffer.from(last?.text ?? '')
      .subarray(0, replyLimitBytes)
      .toString();
    return { kind: 'reply-too-large', limitBytes: replyLimitBytes, reply };
  }
  switch (report.isReplied ? last?.tag : undefined) {
    case 'returned': {
      const cookieLines = lines.filter(({ tag }) => tag === 'cookie' || tag === 'session_cookie');
      const cookies = Object.fromEntries(cookieLines.map(({ tag, text }) => [tag, text]));
      return { kind: 'returned', text: last?.text ?? '', cookies };
    }
    case 'raised':
      return {
        kind: 'raised',
        ...(JSON.parse(last?.text ?? '') as { exception: string; message: string; traceback: string }),
      };
    case 'not-json':
      return {
        kind: 'not-json',
        ...(JSON.parse(last?.text ?? '') as Pick<Ending & { kind: 'not-json' }, 'problem' | 'reply' | 'isAwaitable'>),
      };
    default:
      return {
        kind: 'exited',
        exitCode: report.exitCode,
        signal: report.signal,
        isNeverSettled: lines.some(({ tag }) => tag === 'never-settled'),
      };
  }
}
