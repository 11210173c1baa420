import { enableCompileCache } from 'node:module';
import { findUserCache } from '../state/find-user-cache.ts';

/**
 * Keeps what Node compiles of plugin-host for the next start. Node runs such code without a check, and its own folder for it is where any
 * user can make it first. So this uses a folder that only the user can write to, or none.
 */
export function keepCompiled(environment: Readonly<Record<string, string | undefined>>): void {
  const folder = findUserCache(environment);
  if (folder !== undefined) enableCompileCache(folder);
}
