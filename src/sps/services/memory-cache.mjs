/** The appliance's memory cache, as chosen in plugin-host.yaml. See memory-cache.py for the same in a Python plugin. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);

export function openCache(settings, fault) {
  const store =
    settings.file === undefined
      ? require('./redis-client.mjs').createRedisClient(settings)
      : require('./memory-cache-file.mjs').createFileCache(settings);
  if (fault === undefined) return store;
  const suffer = async () => {
    if (fault === 'away') {
      const error = new Error('the memory cache does not answer');
      error.name = 'ConnectionError';
      throw error;
    }
    await sleep(fault.slowMs);
  };
  return {
    set: async (...given) => {
      await suffer();
      await store.set(...given);
    },
    get: async (key) => {
      await suffer();
      return store.get(key);
    },
  };
}
