import type { DescribedBackends } from './described-backends.ts';
import type { RunningBackends } from './running-backends.ts';

/** Undefined where there are none; with the servers, only where there are some. @throws PluginHostError TARGET_INVALID */
export async function startBackends(described: DescribedBackends): Promise<RunningBackends | undefined> {
  if (described.backends === undefined) return undefined;
  const { nameBackends, runBackends } = await import('./run-backends.ts');
  const named = nameBackends(described);
  return named && runBackends(named);
}
