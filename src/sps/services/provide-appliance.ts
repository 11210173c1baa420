import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { ApplianceRequest } from '../invocation/shim-request.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { LoadedFaults } from '../surroundings/load-faults.ts';
import type { LoadedServices } from '../surroundings/load-services.ts';
import { chooseMemoryCache } from './choose-memory-cache.ts';
import { describeFaults } from './describe-faults.ts';
import { provideStateDirectories } from './state-directories.ts';

/** What the appliance provides to one call. */
export interface Provided {
  environment: Record<string, string>;
  /** Undefined for a plugin of Python 2, whose SDK was never published. */
  appliance: ApplianceRequest | undefined;
  /** Where the plugin keeps its files. */
  folders: string[];
  problems: Problem[];
  /** In a process that has imported modules before, these know the true time. */
  isFreshOnly: boolean;
}

export interface Providing extends StatePlace {
  plugin: Plugin;
  services: LoadedServices;
  /** Absolute local paths by path on the appliance. */
  files: Readonly<Record<string, string>>;
  faults: LoadedFaults;
  /** Where its connections are turned to; undefined: it reaches what it wants. */
  backendsRequest?: JsonObject | undefined;
  /** Variables that the user sets for the child win. */
  settings: { environment: Readonly<Record<string, string>> };
}

const childSide = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const modules = { python: childSide('appliance.py'), typescript: childSide('appliance.mjs') };

/** Files that a fork server compiles before calls need them. */
export const compiledAhead: readonly string[] = [modules.python];

export function provideAppliance(providing: Providing): Provided {
  const { plugin, stateDir, services, files, faults, backendsRequest: backends, settings } = providing;
  const { persistent, ephemeral } = provideStateDirectories(stateDir, plugin);
  const { SCB_PLUGIN_STATE_DIRECTORY = persistent, EPHEMERAL_PLUGIN_STATE_DIRECTORY = ephemeral } =
    settings.environment as Partial<Record<string, string>>;
  const { memoryCache: given, ...others } = services;
  const memoryCache = chooseMemoryCache(services, providing);
  const allowed = 'host' in memoryCache ? [[memoryCache.host, memoryCache.port]] : [];
  const data = {
    services: others,
    files,
    faults,
    memoryCache,
    ...(backends !== undefined && { backends: { ...backends, allowed } }),
  };
  const hasClock = faults.clockMs !== undefined;
  return {
    environment: { SCB_PLUGIN_STATE_DIRECTORY, EPHEMERAL_PLUGIN_STATE_DIRECTORY },
    appliance:
      plugin.isLegacy === true
        ? undefined
        : {
            module: modules[plugin.language],
            data: data as unknown as JsonObject,
            isEager:
              backends !== undefined || hasClock || services.hosts !== undefined || Object.keys(files).length > 0,
          },
    folders: [SCB_PLUGIN_STATE_DIRECTORY, EPHEMERAL_PLUGIN_STATE_DIRECTORY],
    problems: describeFaults(faults),
    isFreshOnly: hasClock,
  };
}
