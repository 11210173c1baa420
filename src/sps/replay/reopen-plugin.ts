import { existsSync } from 'node:fs';
import { type Host, type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { packagePathOf, type StepInput } from '../call/step-input.ts';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { addServices } from '../policies/using/add-services.ts';
import { findCommitted } from '../policies/using/find-committed.ts';
import type { StoredStep } from '../store/session-content.ts';

export interface ReopenOptions {
  /** What the caller chose; undefined: as recorded. */
  given: HostOptions;
  /** State folder of the session. */
  stateDir: string;
  /** Instead of the recorded path. */
  path?: string | undefined;
  /** The session came from an export without secrets, so without configurations. */
  masked: boolean;
  /** The session came from a file, which must not decide which program runs. */
  imported: boolean;
  /** Run what the release would refuse to install, and the interpreter that an imported session names. */
  force: boolean;
}

export interface Reopened {
  plugin: Plugin;
  host: Host;
  /** Recorded, and not used because the session was imported. */
  otherPython: string | undefined;
}

/**
 * The plugin of a stored step, run as it was then: interpreter, configuration, release, time. Services and files are those of its project
 * file as it is now; of a call of a connection policy also what is committed now. An imported session is run by the interpreter of this machine.
 * @throws PluginHostError as `resolveHost`, `loadPlugin` and `findCommitted`
 */
export async function reopenPlugin(step: StoredStep, options: ReopenOptions): Promise<Reopened> {
  const { record, input } = step;
  const { given, stateDir, masked, imported, force } = options;
  const recorded = imported && !force ? undefined : findPython(input?.python);
  const committed = await findCommitted(stateDir, record.plugin.path);
  const path = options.path ?? committed?.root ?? packagePathOf(step);
  const own = await resolveHost(path, {
    ...given,
    stateDir,
    python: given.python ?? recorded,
    proxyTimeoutMs: given.proxyTimeoutMs ?? record.deadline.proxyTimeoutMs,
    api: given.api ?? input?.api,
    spsVersion: given.spsVersion ?? input?.spsVersion,
  });
  const host = committed === undefined ? own : addServices(own, committed).host;
  const loaded = await loadPlugin(path, { ...host, force });
  const plugin = path === committed?.root ? { ...loaded, path: record.plugin.path } : loaded;
  const isOther = imported && !force && given.python === undefined && plugin.language === 'python';
  const otherPython = isOther && input?.python !== host.settings.python ? input?.python : undefined;
  if (given.configuration !== undefined || input === null || masked) return { plugin, host, otherPython };
  return { plugin, host: asRecorded(host, input), otherPython };
}

function asRecorded(host: Host, { configuration }: StepInput): Host {
  return {
    ...host,
    configuration: configuration ?? undefined,
    configurationFrom: 'the recorded configuration',
  };
}

/** Undefined when it is no longer on this machine. */
function findPython(python: string | undefined): string | undefined {
  return python === undefined || (python.includes('/') && !existsSync(python)) ? undefined : python;
}
