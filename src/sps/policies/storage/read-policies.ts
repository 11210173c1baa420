import { existsSync } from 'node:fs';
import path from 'node:path';
import { requireTrusted } from '../../../state/make-state-folder.ts';
import { readDatabase } from '../../../state/read-database.ts';
import type { Configuration } from '../configuration.ts';
import { policyFormat } from './policy-format.ts';
import { policyFileOf } from './policy-store.ts';
import { readConfiguration, readPackage } from './read-configuration.ts';

/**
 * What is committed in a state folder, with its packages; undefined when nothing ever was.
 * @throws PluginHostError STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED
 */
export function readPolicies<T>(
  stateDir: string,
  use: (configuration: Configuration, packageOf: (digest: string) => Uint8Array | undefined) => T,
): T | undefined {
  const file = policyFileOf(stateDir);
  if (!existsSync(file)) return undefined;
  requireTrusted([path.dirname(file), file]);
  return readDatabase(file, policyFormat, (database, format) =>
    format === 0 ? undefined : use(readConfiguration(database), (digest) => readPackage(database, digest)),
  );
}
