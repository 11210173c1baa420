import { existsSync, statSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { PluginHostError } from '../../errors.ts';
import { parseDuration } from '../../process/duration.ts';
import type { RunnerSettings } from '../invocation/runner.ts';
import { defaultRelease, type Release } from '../package/release.ts';
import type { ProjectSettings } from '../plugin/project-schema.ts';

/** Source: product contract; half of it is the plugin's. Credential store guide 6.x: the proxy's own default is 600 s. */
const defaultProxyTimeoutMs = 600_000;

/** What the caller chose; everything else comes from the project file, the environment and the defaults. */
export interface HostOptions {
  hostConfig?: string | undefined;
  stateDir?: string | undefined;
  python?: string | undefined;
  proxyTimeoutMs?: number | undefined;
  configuration?: string | undefined;
  api?: string | undefined;
  spsVersion?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  currentFolder: string;
}

/** How plugins are run here. */
export interface Host {
  stateDir: string;
  release: Release;
  proxyTimeoutMs: number;
  /** Undefined when none is configured. */
  configuration: string | undefined;
  settings: RunnerSettings;
  secretNames: readonly string[];
  legacyPython: boolean;
}

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID, USAGE */
export async function resolveHost(pluginPath: string, options: HostOptions): Promise<Host> {
  const { currentFolder, environment, hostConfig } = options;
  const pluginFolder = path.resolve(currentFolder, pluginPath);
  const isFolder = existsSync(pluginFolder) && statSync(pluginFolder).isDirectory();
  const file = hostConfig ?? findProjectFile([...(isFolder ? [pluginFolder] : []), currentFolder]);
  const project = file === undefined ? {} : await readProject(path.resolve(currentFolder, file));
  const projectFolder = file === undefined ? currentFolder : path.dirname(path.resolve(currentFolder, file));
  return {
    stateDir: path.resolve(
      currentFolder,
      options.stateDir ?? (environment['PLUGIN_HOST_STATE'] || path.join(projectFolder, '.plugin-host')),
    ),
    release: readRelease(options),
    proxyTimeoutMs: checkTimeout(options.proxyTimeoutMs ?? readTimeout(project.proxyTimeout, file)),
    configuration: options.configuration ?? project.config,
    settings: {
      python: readPython(options.python, project.python, currentFolder, projectFolder),
      node: process.execPath,
      compileCache: getCompileCacheDir(),
      hostEnvironment: environment,
      environment: project.environment ?? {},
    },
    secretNames: project.secrets ?? [],
    legacyPython: project.legacyPython !== undefined,
  };
}

/** In the plugin's folder, else in the current one. */
function findProjectFile(folders: readonly string[]): string | undefined {
  return folders.map((folder) => path.join(folder, 'plugin-host.yaml')).find((file) => existsSync(file));
}

async function readProject(file: string): Promise<ProjectSettings> {
  const { readProjectFile } = await import('../plugin/read-project-file.ts'); // with its YAML parser, only where there is one
  return readProjectFile(file);
}

/** @throws PluginHostError USAGE */
export function requireApi(api: string): void {
  if (/^\d+\.\d+$/.test(api)) return;
  throw new PluginHostError('USAGE', `${JSON.stringify(api)} is no API version`, { hint: 'Write it as 1.9.' });
}

function readRelease({ api = defaultRelease.api, spsVersion = defaultRelease.spsVersion }: HostOptions): Release {
  requireApi(api);
  if (!/^\d+(\.\d+)*$/.test(spsVersion)) {
    throw new PluginHostError('USAGE', `${JSON.stringify(spsVersion)} is no SPS version`, {
      hint: 'Write it as 9.0.0.',
    });
  }
  return { api, spsVersion };
}

function readTimeout(text: string | number | undefined, file: string | undefined): number {
  if (text === undefined) return defaultProxyTimeoutMs;
  const durationMs = parseDuration(String(text));
  if (durationMs !== undefined) return durationMs;
  throw new PluginHostError(
    'HOST_CONFIG_INVALID',
    `${file ?? ''}: proxyTimeout ${JSON.stringify(text)} is no duration`,
    {
      hint: 'Write it as 600s, 10m or 1500ms; a bare number is seconds.',
    },
  );
}

function checkTimeout(proxyTimeoutMs: number): number {
  if (proxyTimeoutMs >= 1 && proxyTimeoutMs < 2 ** 31) return proxyTimeoutMs;
  throw new PluginHostError('USAGE', `a proxy timeout of ${proxyTimeoutMs} ms cannot be kept`, {
    hint: 'Give 1 ms to 24 days.',
  });
}

function readPython(
  given: string | undefined,
  own: string | number | undefined,
  currentFolder: string,
  projectFolder: string,
): string {
  if (given !== undefined) {
    if (!given.includes('/')) return given;
    const file = path.resolve(currentFolder, given);
    if (existsSync(file)) return file;
    throw new PluginHostError('FILE_NOT_FOUND', `${given}: no such Python interpreter`, {
      hint: 'Give --python the path of one.',
    });
  }
  if (own === undefined) return 'python3';
  const name = String(own);
  return name.includes('/') ? path.resolve(projectFolder, name) : name;
}
