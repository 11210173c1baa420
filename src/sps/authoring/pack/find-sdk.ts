import type { Problem } from '../../../base/problem.ts';
import { normalizeName } from '../python/pins.ts';
import { sdkName } from '../python/python-facts.ts';
import { packError } from './packed-file.ts';

/** Source: Plugin SDK 1.9.1, release task: a requirement that starts with its name, `-` and `_` alike. */
export function isSdk(name: string): boolean {
  return normalizeName(name).startsWith(sdkName);
}

/** In the files for the ZIP: its modules, or what pip wrote about it. */
export function findSdk(names: readonly string[]): string | undefined {
  return names.find((name) => /^safeguard\/sessions\/plugin(?:_impl)?\//.test(name) || isSdk(name));
}

export function sdkRefused(where: string): Problem {
  return packError(
    'SDK_BUNDLED',
    `${where}: the Plugin SDK must not be in the ZIP; the appliance has it`,
    'Make it a dependency for development only: [dev-packages] of Pipfile, or requirements-dev.txt.',
  );
}
