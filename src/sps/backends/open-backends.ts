import type { JsonObject } from '../../base/json.ts';
import type { DescribedBackends } from './described-backends.ts';
import type { RunningBackends } from './running-backends.ts';
import { startBackends } from './start-backends.ts';

export interface BackendsOf extends DescribedBackends {
  /** Those of the calls before; whoever began them ends them. */
  running?: RunningBackends | undefined;
}

/** The backends of one call. */
export interface OpenBackends extends AsyncDisposable {
  /** For the plugin's process. Undefined: it reaches what it wants. */
  request: JsonObject | undefined;
  /** Undefined where there are none. */
  running: RunningBackends | undefined;
  /** Of those that are described. */
  addresses: readonly string[];
}

/** The backends for a call: those that run, or fresh ones that end with it. @throws PluginHostError TARGET_INVALID */
export async function openBackends({ running, ...described }: BackendsOf): Promise<OpenBackends> {
  const own = running === undefined ? await startBackends(described) : undefined;
  const found = running ?? own;
  return {
    request: found?.request,
    running: found,
    addresses: [...new Set(described.backends?.map(({ address }) => address))],
    [Symbol.asyncDispose]: async () => own?.close(),
  };
}
