import type { HookDescription, PluginDescription } from '../plugin/check-hooks.ts';
import { hooksByType } from '../plugin/hooks.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Ending } from './exchange.ts';
import { readWord } from './protocol.ts';
import { readEnding } from './read-ending.ts';
import { runShim } from './run-shim.ts';
import type { RunnerSettings } from './runner.ts';

type Described = Omit<PluginDescription, 'hooks'> & { hooks: Record<string, HookDescription> };

/** Why a plugin could not be described. */
export type DescribeFailure = Extract<Ending, { kind: 'raised' | 'timed-out' | 'exited' }>;

/**
 * Imports a plugin in a child, without constructing it, and lists the hooks of its class.
 * @throws PluginHostError CLASS_MISSING, and what `runShim` throws
 */
export async function describePlugin(
  plugin: Plugin,
  settings: RunnerSettings,
  allowedMs: number,
  signal?: AbortSignal,
): Promise<{ description: PluginDescription } | { failure: DescribeFailure }> {
  const run = await runShim({
    plugin,
    settings,
    request: {
      mode: 'describe',
      root: plugin.root,
      entry: plugin.entryPoint,
      environment: {},
      appliance: null,
      debug: null,
      hooks: hooksByType[plugin.type].map(({ name }) => name),
    },
    allowedMs,
    signal,
  });
  const last = run.lines.at(-1);
  if (run.report.isReplied && last?.tag === 'described') {
    const { hooks = {}, names = [], ...others } = readWord(last) as Partial<Described>;
    return { description: { ...others, names, hooks: new Map(Object.entries(hooks)) } };
  }
  const ending = readEnding(run, plugin);
  if (ending.kind === 'raised' || ending.kind === 'timed-out' || ending.kind === 'exited') return { failure: ending };
  const { exitCode, signal: killedBy } = run.report;
  return { failure: { kind: 'exited', exitCode, signal: killedBy, isNeverSettled: false } };
}
