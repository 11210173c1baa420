import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
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
  /** Passwords and private keys among the services. */
  secrets: string[];
}

type SettingsToLoad = Pick<SpsSettings, 'services' | 'files' | 'faults'>;

/** Reads the files that checked settings name. Undefined when there is nothing to load. @param folder Absolute; files are relative to it. */
export function loadSettings(
  { services, files, faults }: SettingsToLoad,
  folder: string,
): (LoadedSettings & { problems: ValueFault[] }) | undefined {
  if (services === undefined && files === undefined && faults === undefined) return undefined;
  const loading = startLoading(folder);
  const { loaded, secrets } = loadServices(services ?? {}, loading);
  return {
    services: loaded,
    files: loadFiles(files ?? {}, folder, loading),
    faults: loadFaults(faults ?? {}, services ?? {}, loading),
    secrets,
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
