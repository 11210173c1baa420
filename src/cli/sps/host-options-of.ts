import { type Host, type HostOptions, resolveHost } from '../../sps/call/resolve-host.ts';
import { findPluginHere } from '../../sps/package/find-plugin-here.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { SharedOptions } from './commands/host-options.ts';

/** @param plugin Undefined: the one here, see `pluginHere` */
export async function hostOf(plugin: string | undefined, options: SharedOptions): Promise<Host> {
  return resolveHost(plugin ?? pluginHere(), await hostOptionsOf(options));
}

/** What is meant when no plugin is named. */
export function pluginHere(): string {
  return findPluginHere(process.cwd());
}

export async function hostOptionsOf(options: SharedOptions): Promise<HostOptions> {
  return {
    hostConfig: options.hostConfig,
    stateDir: options.state,
    python: options.python,
    proxyTimeoutMs: options.proxyTimeout,
    configuration: options.config === undefined ? undefined : await readTextFile(options.config),
    api: options.api,
    spsVersion: options.spsVersion,
    isCold: options.cold,
    environment: process.env,
    currentFolder: process.cwd(),
  };
}
