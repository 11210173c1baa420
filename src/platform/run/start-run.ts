import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../base/problem.ts';
import type { RunSettings } from '../engine/run-settings.ts';
import type { StepWatcher } from '../engine/step-watcher.ts';
import { AllowList } from '../network/allow-list.ts';
import { createNetwork } from '../network/create-network.ts';
import type { Claimant, ConnectTo } from '../network/dialer.ts';
import type { Network } from '../network/network.ts';
import type { Block, Script } from '../script/script.ts';
import type { AskParameter } from './fill-parameters.ts';
import { fillParameters } from './fill-parameters.ts';
import type { ParameterSource } from './parameter-source.ts';
import { runOperation } from './run-operation.ts';
import type { RunOutcome } from './run-outcome.ts';

/** How an operation is run; what is not given is as the contract has it. */
export interface RunOptions extends Partial<
  Pick<RunSettings, 'onTrace' | 'onStatus' | 'onLog' | 'maxRunMs' | 'quietMs' | 'isMasked'>
> {
  sources: readonly ParameterSource[];
  ask?: AskParameter | undefined;
  allow?: AllowList | undefined;
  connectTo?: readonly ConnectTo[] | undefined;
  /** PEM, trusted besides those of the system. */
  authorities?: string | undefined;
  claimants?: readonly Claimant[] | undefined;
  terminal?: 'dumb' | 'vt100' | undefined;
  isStrict?: boolean | undefined;
  watcher?: StepWatcher | undefined;
  acceptsNewHostKey?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Told what is wrong with parameters before anything runs. */
  warnings?: readonly Problem[];
  /** Whether `Wait` costs no time. */
  skipsWaits?: boolean | undefined;
  /** Stands between the run and its network, as who records it does. */
  wrapNetwork?: ((network: Network) => Network) | undefined;
}

/** Source: specification d.4; bash breaks lines and adds escape sequences in a terminal that can do more. */
const terminals = {
  dumb: { type: 'dumb', columns: 1000, rows: 24 },
  vt100: { type: 'vt100', columns: 80, rows: 24 },
};

const defaultMaxRunMs = 300_000;
const defaultQuietMs = 300;

/** Runs an operation with the clock, the network and the programs of this machine. @throws PluginHostError for parameters that do not do */
export async function startRun(
  script: Script,
  file: string,
  operation: Block,
  options: RunOptions,
): Promise<RunOutcome> {
  const { values, warnings } = await fillParameters(operation, options.sources, options.ask);
  const { isMasked = true, claimants, authorities } = options;
  const network = createNetwork(
    {
      allow: options.allow ?? new AllowList([]),
      connectTo: options.connectTo ?? [],
      claimants,
      isLoopbackOnly: !isMasked && claimants === undefined,
    },
    authorities,
  );
  const settings: RunSettings = {
    network: options.wrapNetwork?.(network) ?? network,
    now: () => performance.now(),
    sleep: (ms, signal) => (options.skipsWaits === true ? Promise.resolve() : sleep(ms, undefined, { signal })),
    crypt: async (password, setting, ended) =>
      (await import('./system-crypt.ts')).systemCrypt(password, setting, ended),
    signal: options.signal,
    maxRunMs: options.maxRunMs ?? defaultMaxRunMs,
    quietMs: options.quietMs ?? defaultQuietMs,
    terminal: terminals[options.terminal ?? 'dumb'],
    acceptsNewHostKey: options.acceptsNewHostKey ?? false,
    isMasked,
    onTrace: options.onTrace,
    onStatus: options.onStatus,
    onLog: options.onLog,
  };
  try {
    const outcome = await runOperation({
      script,
      file,
      operation,
      parameters: values,
      settings,
      targets: network.reached,
      isStrict: options.isStrict ?? false,
      watcher: options.watcher,
    });
    return { ...outcome, problems: [...(options.warnings ?? []), ...warnings, ...outcome.problems] };
  } finally {
    network.close();
    await Promise.all((claimants ?? []).map(async (each) => each.settled?.()));
  }
}
