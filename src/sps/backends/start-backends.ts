import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import type { RunningBackends } from './run-backends.ts';

export interface DescribedBackends {
  /** Undefined: there are none, and everything is reached. */
  backends: readonly BackendDescription[] | undefined;
  /** Of the plugin; undefined when none is configured. Descriptions name its options. */
  configuration: string | undefined;
}

/** Undefined where there are none; with the servers, only where there are some. @throws PluginHostError TARGET_INVALID */
export async function startBackends(described: DescribedBackends): Promise<RunningBackends | undefined> {
  const { backends, configuration } = described;
  if (backends === undefined) return undefined;
  const { runBackends } = await import('./run-backends.ts');
  return runBackends(backends, configuration);
}
