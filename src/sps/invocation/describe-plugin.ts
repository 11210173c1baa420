import { hooksByType } from '../plugin/hooks.ts';
import type { HookDescription, PluginDescription } from '../plugin/plugin-description.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Ending } from './exchange.ts';
import { readEnding } from './invoke-hook.ts';
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
  const hooks = hooksByType[plugin.type];
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
      hooks: hooks.map(({ name }) => name),
      judging: hooks.filter(({ verdicts }) => verdicts.length > 0).map(({ name }) => name),
    },
    allowedMs,
    signal,
  });
  const last = run.lines.at(-1);
  if (run.report.isReplied && last?.tag === 'described') {
    const { hooks, ...others } = JSON.parse(last.text) as Described;
    return { description: { ...others, hooks: new Map(Object.entries(hooks)) } };
  }
  const ending = readEnding(run);
  if (ending.kind === 'raised' || ending.kind === 'timed-out' || ending.kind === 'exited') return { failure: ending };
  const { exitCode, signal: killedBy } = run.report;
  return { failure: { kind: 'exited', exitCode, signal: killedBy, isNeverSettled: false } };
}
