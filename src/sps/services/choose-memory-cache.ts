import path from 'node:path';
import { type RedisAddress, redisAddressOf } from '../../state/redis-address.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { LoadedServices } from '../surroundings/load-services.ts';

/** As a plugin's process gets it. */
export type MemoryCache =
  | { file: string; capacityBytes: number }
  /** @param keyPrefix Before each key of a plugin */
  | (RedisAddress & { isEncrypted: boolean; keyPrefix: string });

/** Ours: the appliance's own limit is not published. */
const capacityBytes = 64 * 1024 * 1024;

/** Where the memory cache is: what the services name, else where the state is. */
export function chooseMemoryCache(
  { memoryCache }: Pick<LoadedServices, 'memoryCache'>,
  { stateDir, stateUrl }: StatePlace,
): MemoryCache {
  if (typeof memoryCache === 'object') return { ...memoryCache, isEncrypted: false, keyPrefix: '' };
  if (memoryCache === 'embedded' || stateUrl === undefined)
    return { file: path.join(stateDir, 'memory-cache.db'), capacityBytes };
  const url = new URL(stateUrl);
  return { ...redisAddressOf(url), isEncrypted: url.protocol === 'rediss:', keyPrefix: 'plugin-host:cache:' };
}
