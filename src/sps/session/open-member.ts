import path from 'node:path';
import { layBackends } from '../../targets/backends/lay-backends.ts';
import { type Host, type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { coldShims } from '../invocation/boot-shim.ts';
import type { OpenedShims } from '../invocation/shim-source.ts';
import { WarmShims } from '../invocation/warm-shims.ts';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { LoadedSettings } from '../surroundings/load-settings.ts';

/** A plugin that takes part in a session. */
export interface Member {
  plugin: Plugin;
  host: Host;
  shims: OpenedShims;
}

export interface MemberOptions extends HostOptions {
  /** Of the session, instead of the plugin's own: plugins of one session share what the appliance shares. */
  sessionStateDir: string;
  /** See `StatePlace`. */
  sessionStateUrl?: string | undefined;
  /** Where connection policies are committed; default: the state folder of the session. */
  policyStateDir?: string;
  /** Replace the services of the project file. */
  loaded?: LoadedSettings | undefined;
  force: boolean;
}

/** Its processes are started before they are needed, unless each call gets a fresh one. @throws PluginHostError as `resolveHost` and `loadPlugin` */
export async function openMember(file: string, options: MemberOptions): Promise<Member> {
  const own = await resolveHost(path.resolve(options.currentFolder, file), options);
  const { loaded, sessionStateDir, sessionStateUrl, force } = options;
  const host = {
    ...own,
    stateDir: sessionStateDir,
    stateUrl: sessionStateUrl,
    backends: layBackends(own.backends, loaded?.backends),
    services: { ...own.services, ...loaded?.services },
    serviceSecrets: [...own.serviceSecrets, ...(loaded?.secrets ?? [])],
  };
  const plugin = await loadPlugin(file, { ...host, force });
  const settings = options.recordCoverage?.(plugin, host.settings) ?? host.settings;
  const shims = options.isCold === true ? coldShims : new WarmShims(plugin, settings);
  return { plugin, host: { ...host, settings }, shims };
}
