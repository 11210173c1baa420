import type { ChildLimits } from '../request-process.ts';
import { ForkPool } from './fork-pool.ts';
import type { ForkServerCommand } from './fork-server.ts';

const pools = new Map<string, { pool: ForkPool; users: number }>();

/** The pool of this environment, one for everybody who asks for it at the same time; each returns it with `release`. */
export function acquireForkPool(
  command: ForkServerCommand,
  limits: ChildLimits,
): { pool: ForkPool; release: () => Promise<void> } {
  const key = JSON.stringify([command, limits]);
  const entry = pools.get(key) ?? { pool: new ForkPool(command, limits), users: 0 };
  pools.set(key, entry);
  entry.users += 1;
  return {
    pool: entry.pool,
    async release() {
      entry.users -= 1;
      if (entry.users > 0) return;
      pools.delete(key);
      await entry.pool.close();
    },
  };
}
