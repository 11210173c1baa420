import { type Host, type HostOptions, resolveHost } from '../../sps/call/resolve-host.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { SharedOptions } from './commands/host-options.ts';

export async function hostOf(plugin: string, options: SharedOptions): Promise<Host> {
  return resolveHost(plugin, await hostOptionsOf(options));
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
