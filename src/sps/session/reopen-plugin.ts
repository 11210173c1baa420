import { existsSync } from 'node:fs';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { type Host, type HostOptions, resolveHost } from './resolve-host.ts';
import type { StoredStep } from './session-content.ts';

export interface ReopenOptions {
  /** What the caller chose; what is undefined is as recorded. */
  given: HostOptions;
  /** State folder of the session. */
  stateDir: string;
  /** Instead of the recorded path. */
  path?: string | undefined;
  /** The session came from an export without secrets, so without configurations. */
  masked: boolean;
  /** Run what the release would refuse to install. */
  force: boolean;
}

export interface Reopened {
  plugin: Plugin;
  host: Host;
}

/**
 * The plugin of a stored step, run as it was then: interpreter, configuration, release, time. Services and files are those of its project
 * file as it is now. @throws PluginHostError as `resolveHost` and `loadPlugin`
 */
export async function reopenPlugin({ record, input }: StoredStep, options: ReopenOptions): Promise<Reopened> {
  const { given, stateDir, masked, force } = options;
  const path = options.path ?? record.plugin.path;
  const host = await resolveHost(path, {
    ...given,
    stateDir,
    python: given.python ?? findPython(input?.python),
    proxyTimeoutMs: given.proxyTimeoutMs ?? record.deadline.proxyTimeoutMs,
    api: given.api ?? input?.api,
    spsVersion: given.spsVersion ?? input?.spsVersion,
  });
  const plugin = await loadPlugin(path, { ...host, force });
  if (given.configuration !== undefined || input === null || masked) return { plugin, host };
  return { plugin, host: { ...host, configuration: input.configuration ?? undefined } };
}

/** Undefined when it is not on this machine any more. */
function findPython(python: string | undefined): string | undefined {
  return python === undefined || (python.includes('/') && !existsSync(python)) ? undefined : python;
}
