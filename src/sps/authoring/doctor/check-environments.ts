import { existsSync } from 'node:fs';
import path from 'node:path';
import { readChosen, sharedEnvironments } from '../../../project/find-installed-python.ts';
import { minorOf } from '../python/python-facts.ts';
import { listEnvironments } from '../python/sdk-environment.ts';
import { type Check, missing, ok, warning } from './check.ts';

/** The environments that `python install` made; no line where it never made one. */
export function checkEnvironments(
  stateDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Check[] {
  const name = 'environments';
  const chosen = readChosen(stateDir);
  if (chosen !== undefined && !existsSync(path.join(chosen, 'bin/python'))) {
    const [, sdk] = /^sdk-([\d.]+)-/.exec(path.basename(chosen)) ?? [];
    const own = /-r[0-9a-f]{8}$/.test(chosen) ? ' --requirements' : '';
    const again = `plugin-host python install${sdk === undefined ? '' : ` --sdk ${sdk}`}${own}`;
    return [missing(name, `${chosen} is gone, and this folder chose it`, again)];
  }
  const root = sharedEnvironments(environment);
  if (root === undefined) {
    const why = 'the cache of this user is not there or open to others, so each state folder has its own';
    return [warning(name, why, 'Set XDG_CACHE_HOME to a folder that only you can write to.')];
  }
  const found = listEnvironments(root).flatMap((each) => {
    const installed = each.readInstalled();
    if (installed === undefined) return [];
    const own = installed.requirements === undefined ? '' : ` with ${installed.requirements}`;
    return [
      `SDK ${installed.sdk} on Python ${minorOf(installed.python)}${own}${each.folder === chosen ? ' (here)' : ''}`,
    ];
  });
  // Beside the line that misses the SDK here.
  const none = '; none is chosen here, which `plugin-host python install` does at once';
  return found.length === 0 ? [] : [ok(name, `${found.join(', ')}; in ${root}${chosen === undefined ? none : ''}`)];
}
