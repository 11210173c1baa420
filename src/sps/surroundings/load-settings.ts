import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { backendSecrets } from '../../targets/backends/backend-secrets.ts';
import { checkBackends } from '../../targets/backends/check-backends.ts';
import { resolveFiles } from '../../targets/backends/resolve-files.ts';
import { type LoadedFaults, loadFaults } from './load-faults.ts';
import { type LoadedServices, loadServices } from './load-services.ts';
import { type Loading, startLoading } from './loading.ts';
import type { SpsSettings } from './sps-settings-schema.ts';

/** What the appliance provides, ready for a plugin's process. */
export interface LoadedSettings {
  services: LoadedServices;
  /** Absolute local paths by path on the appliance. */
  files: Record<string, string>;
  faults: LoadedFaults;
  /** With absolute paths. Undefined: the plugin reaches what it wants. */
  backends: readonly BackendDescription[] | undefined;
  /** Passwords and private keys among the services and backends. */
  secrets: string[];
}

type SettingsToLoad = Pick<SpsSettings, 'services' | 'files' | 'faults' | 'backends'>;

/** Reads the files that checked settings name. Undefined when there is nothing to load. @param folder Absolute; files are relative to it. */
export function loadSettings(
  { services, files, faults, backends }: SettingsToLoad,
  folder: string,
): (LoadedSettings & { problems: ValueFault[] }) | undefined {
  if ([services, files, faults, backends].every((each) => each === undefined)) return undefined;
  const loading = startLoading(folder);
  const { loaded, secrets } = loadServices(services ?? {}, loading);
  const described = backends && loadBackends(backends, loading, folder);
  return {
    services: loaded,
    files: loadFiles(files ?? {}, folder, loading),
    faults: loadFaults(faults ?? {}, services ?? {}, loading),
    backends: described,
    secrets: [...secrets, ...(described ?? []).flatMap(backendSecrets)],
    problems: loading.problems,
  };
}

function loadFiles(files: Record<string, string>, folder: string, { fail }: Loading): Record<string, string> {
  const entries = Object.entries(files).map(([there, here]): [string, string] => {
    const local = path.resolve(folder, here);
    if (!existsSync(local)) fail(['files', there], `${local} does not exist`);
    return [path.posix.normalize(there).replace(/(?<=.)\/$/, ''), local];
  });
  return Object.fromEntries(entries);
}

function loadBackends(
  backends: readonly BackendDescription[],
  { problems }: Loading,
  folder: string,
): readonly BackendDescription[] {
  const wrong = checkBackends(['backends'], backends, folder);
  problems.push(...wrong);
  return wrong.length > 0 ? [] : backends.map((each) => resolveFiles(each, folder));
}
