import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { Host } from '../../call/resolve-host.ts';
import { findImportedBelow } from '../../invocation/choose-preload.ts';
import { findPython, shimEnvironment } from '../../invocation/runner-settings.ts';
import { checkEnvironments } from './check-environments.ts';
import { checkPython } from './check-python.ts';
import { checkNode, checkStateFolder, checkSystem } from './check-system.ts';
import { type Check, missing, missingRequired, ok } from './check.ts';
import { pingRedis } from './ping-redis.ts';

interface DiagnoseOptions {
  /** Folder of the plugin that is to run here, if there is one. */
  plugin: string;
  /** How plugins are run here, or why that is unknown. */
  host: Host | PluginHostError;
  environment: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal | undefined;
}

/** What plugins need and what of it is missing, with what to do about it. Changes nothing. */
export async function diagnose({ plugin, host, environment, signal }: DiagnoseOptions): Promise<Check[]> {
  const { PATH = '', HOME = '/' } = environment;
  const system = checkSystem({ cwd: '/', env: { PATH, HOME }, signal });
  if ('code' in host) {
    const name = host.code === 'STATE_UNTRUSTED' ? 'state folder' : 'plugin-host.yaml';
    const problem = missingRequired(name, host.message, host.hint);
    return [checkNode(), ...(await system), problem];
  }
  const { settings, stateDir } = host;
  const python = checkPython(settings.python, findPython(settings), needOfSdk(plugin), {
    cwd: '/',
    env: shimEnvironment(settings),
    signal,
  });
  return [
    checkNode(),
    ...(await python),
    ...checkEnvironments(stateDir, environment),
    ...(await system),
    checkStateFolder(stateDir),
    host.projectFile === undefined
      ? ok('plugin-host.yaml', 'none; the defaults are used')
      : ok('plugin-host.yaml', host.projectFile),
    ...(await checkMemoryCache(host)),
  ];
}

/** Whether the plugin imports the vendor's SDK; undefined when there is no plugin, or it cannot be told. */
function needOfSdk(plugin: string): boolean | undefined {
  if (!existsSync(path.join(plugin, 'MANIFEST'))) return undefined;
  return findImportedBelow(plugin)?.has('safeguard.sessions.plugin');
}

async function checkMemoryCache({ services: { memoryCache } }: Host): Promise<Check[]> {
  if (memoryCache === undefined || memoryCache === 'embedded') return [];
  const { host, port } = memoryCache;
  const problem = await pingRedis(memoryCache);
  if (problem === undefined) return [ok('memory cache', `redis at ${host}:${port}`)];
  const hint = 'Start the server, or change `memoryCache:` of plugin-host.yaml.';
  return [missing('memory cache', `redis at ${host}:${port}: ${problem}`, hint)];
}
