import { hooksByType } from '../plugin/find-hook.ts';
import type { HookDescription, PluginDescription } from '../plugin/plugin-description.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Ending } from './exchange.ts';
import { readEnding } from './read-ending.ts';
import { runShim, type ShimRun } from './run-shim.ts';
import type { RunnerSettings } from './runner-settings.ts';
import { type ApplianceRequest, readWord, type ReplyLine } from './shim-request.ts';

type Described = Omit<PluginDescription, 'hooks'> & { hooks: Record<string, HookDescription> };

/** Why a plugin could not be described. */
export type DescribeFailure = Extract<Ending, { kind: 'raised' | 'timed-out' | 'exited' }>;

export interface DescribeOptions {
  /** What a call of the plugin would find. */
  environment: Record<string, string>;
  appliance: ApplianceRequest | undefined;
  /** Undefined when none is configured. */
  configuration: string | undefined;
  allowedMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Imports a plugin in a child and lists its hooks, those of its class and, where that lacks some, those of an instance.
 * @throws PluginHostError CLASS_MISSING, and what `runShim` throws
 */
export async function describePlugin(
  plugin: Plugin,
  settings: RunnerSettings,
  { environment, appliance, configuration, allowedMs, signal }: DescribeOptions,
): Promise<{ description: PluginDescription } | { failure: DescribeFailure }> {
  const hooks = hooksByType[plugin.type];
  const run = await runShim({
    plugin,
    settings,
    request: {
      mode: 'describe',
      root: plugin.root,
      entry: plugin.entryPoint,
      environment,
      appliance: appliance ?? null,
      debug: null,
      configuration: configuration ?? '',
      isConfigurationGiven: configuration !== undefined,
      hooks: hooks.map(({ name }) => name),
      needed: hooks.filter(({ isMandatory }) => isMandatory !== 'no').map(({ name }) => name),
      judging: hooks.filter(({ verdicts }) => verdicts.length > 0).map(({ name }) => name),
    },
    allowedMs,
    signal,
  });
  const last = run.lines.at(-1);
  if (run.report.isReplied && last?.tag === 'described') return { description: toDescription(last) };
  const failure = readFailure(run, plugin);
  const ofClass = run.lines.find(({ tag }) => tag === 'described-class');
  if (ofClass === undefined) return { failure };
  return { description: { ...toDescription(ofClass), constructorFailure: nameFailure(failure, allowedMs) } };
}

/** Attributes that the class itself will set count, although it could not be constructed here. */
function toDescription(word: ReplyLine): PluginDescription {
  const {
    hooks = {},
    names = [],
    assigned = [],
    ...others
  } = readWord(word) as Partial<Described & { assigned: string[] }>;
  const found = Object.entries(hooks);
  const unseen = assigned.map((name): [string, HookDescription] => [name, { named: [], takesAll: true }]);
  return { ...others, names, hooks: new Map([...found, ...unseen]) };
}

function readFailure(run: ShimRun, plugin: Plugin): DescribeFailure {
  const ending = readEnding(run, plugin);
  if (ending.kind === 'raised' || ending.kind === 'timed-out' || ending.kind === 'exited') return ending;
  const { exitCode, signal } = run.report;
  return { kind: 'exited', exitCode, signal, isNeverSettled: false };
}

function nameFailure(failure: DescribeFailure, allowedMs: number): string {
  switch (failure.kind) {
    case 'raised':
      return `raised ${failure.exception}: ${failure.message}`;
    case 'timed-out':
      return `took longer than ${allowedMs / 1000} s`;
    case 'exited':
      return `ended its process (${failure.signal ?? `exit code ${failure.exitCode ?? 'unknown'}`})`;
  }
}
