import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Limits, parseBytes } from '../../process/limits.ts';
import { findInstalledPython } from '../../project/find-installed-python.ts';
import { requireTrustedState } from '../../state/make-state-folder.ts';
import { ownCompileCache } from '../../state/own-compile-cache.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import { defaultRelease, type Release } from '../manifest/release.ts';
import { compiledAhead } from '../services/provide-appliance.ts';
import type { LoadedFaults } from '../surroundings/load-faults.ts';
import type { LoadedServices } from '../surroundings/load-services.ts';
import type { LoadedSettings } from '../surroundings/load-settings.ts';
import type { LimitSettings } from '../surroundings/project-schema.ts';
import type { ProjectFile } from '../surroundings/read-project-file.ts';
import type { Services } from '../surroundings/services.ts';

/** Source: Credential store guide 6.x: the proxy's own default is 600 s. */
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
  /** Laid over those of the project file, service by service; files are relative to the current folder. */
  services?: Services | undefined;
  /** Each call has a fresh interpreter; of members of a session. */
  isCold?: boolean | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  currentFolder: string;
}

/** How plugins are run here. */
export interface Host {
  stateDir: string;
  /** Undefined when there is none. */
  projectFile: string | undefined;
  release: Release;
  proxyTimeoutMs: number;
  /** What a hook gets of it. */
  pluginTimeoutMs: number;
  /** Undefined when none is configured. */
  configuration: string | undefined;
  settings: RunnerSettings;
  secretNames: readonly string[];
  legacyPython: boolean;
  /** What the appliance provides. */
  services: LoadedServices;
  /** Local files by path on the appliance. */
  files: Readonly<Record<string, string>>;
  faults: LoadedFaults;
  /** Passwords and private keys of the services. */
  serviceSecrets: readonly string[];
}

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID, STATE_UNTRUSTED, USAGE */
export async function resolveHost(pluginPath: string, options: HostOptions): Promise<Host> {
  const { currentFolder, environment, hostConfig } = options;
  const pluginFolder = path.resolve(currentFolder, pluginPath);
  const isFolder = existsSync(pluginFolder) && statSync(pluginFolder).isDirectory();
  const file = hostConfig ?? findProjectFile([...(isFolder ? [pluginFolder] : []), currentFolder]);
  const project = file === undefined ? {} : await readProject(path.resolve(currentFolder, file));
  const projectFolder = file === undefined ? currentFolder : path.dirname(path.resolve(currentFolder, file));
  requireName('state folder', options.stateDir);
  const stateDir = path.resolve(
    currentFolder,
    options.stateDir ?? (environment['PLUGIN_HOST_STATE'] || path.join(projectFolder, '.plugin-host')),
  );
  requireTrustedState(stateDir);
  const { services, files = {}, faults = {}, secrets = [] } = project.loaded ?? {};
  const given = await loadGiven(options.services, currentFolder);
  return {
    stateDir,
    projectFile: file,
    release: readRelease(options),
    ...timeoutsOf(options.proxyTimeoutMs ?? readTimeout(project.proxyTimeout, file)),
    configuration: options.configuration ?? project.config,
    settings: {
      python: readPython(options.python, project.python, { currentFolder, projectFolder, stateDir }),
      legacyPython: fromFolder(project.legacyPython, projectFolder),
      node: process.execPath,
      compileCache: ownCompileCache(),
      hostEnvironment: environment,
      environment: project.environment ?? {},
      limits: readLimits(project.limits),
      ahead: compiledAhead,
    },
    secretNames: project.secrets ?? [],
    legacyPython: project.legacyPython !== undefined,
    services: { ...services, ...given?.services },
    files,
    faults,
    serviceSecrets: [...secrets, ...(given?.secrets ?? [])],
  };
}

/** In the plugin's folder, else in the current one. */
function findProjectFile(folders: readonly string[]): string | undefined {
  return folders.map((folder) => path.join(folder, 'plugin-host.yaml')).find((file) => existsSync(file));
}

async function readProject(file: string): Promise<ProjectFile> {
  const { readProjectFile } = await import('../surroundings/read-project-file.ts'); // with its YAML parser, only where there is one
  return readProjectFile(file);
}

async function loadGiven(services: Services | undefined, folder: string): Promise<LoadedSettings | undefined> {
  if (services === undefined) return undefined;
  const { loadGivenServices } = await import('../surroundings/load-given-services.ts'); // with the validator
  return loadGivenServices(services, folder);
}

/** Nothing at all would be the current folder, or no program. @throws PluginHostError USAGE */
function requireName(what: string, given: string | undefined): void {
  if (given === undefined || (given.trim() !== '' && !given.includes('\0'))) return;
  throw new PluginHostError('USAGE', `${what}: ${JSON.stringify(given)} is no path`, {
    hint: 'Give a path, or leave it out.',
  });
}

/** Validated with the project file. */
function readLimits({ memory, processes, openFiles, fileSize }: LimitSettings = {}): Limits {
  const read = (text: string | number | undefined): number | undefined =>
    text === undefined ? undefined : parseBytes(String(text));
  return { memoryBytes: read(memory), processes, openFiles, fileSizeBytes: read(fileSize) };
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

/** A hook gets half of what the proxy grants. Source: product contract. @throws PluginHostError USAGE */
export function timeoutsOf(proxyTimeoutMs: number): Pick<Host, 'proxyTimeoutMs' | 'pluginTimeoutMs'> {
  if (proxyTimeoutMs >= 1 && proxyTimeoutMs < 2 ** 31) return { proxyTimeoutMs, pluginTimeoutMs: proxyTimeoutMs / 2 };
  throw new PluginHostError('USAGE', `a proxy timeout of ${proxyTimeoutMs} ms cannot be kept`, {
    hint: 'Give 1 ms to 24 days.',
  });
}

function readPython(
  given: string | undefined,
  own: string | number | undefined,
  { currentFolder, projectFolder, stateDir }: Record<'currentFolder' | 'projectFolder' | 'stateDir', string>,
): string {
  if (given !== undefined) {
    requireName('python', given);
    if (!given.includes('/')) return given;
    const file = path.resolve(currentFolder, given);
    if (existsSync(file)) return file;
    throw new PluginHostError('FILE_NOT_FOUND', `${given}: no such Python interpreter`, {
      hint: 'Give --python the path of one.',
    });
  }
  return fromFolder(own, projectFolder) ?? findInstalledPython(stateDir) ?? 'python3';
}

/** A path of the project file, or a name to be found on PATH. */
function fromFolder(own: string | number | undefined, projectFolder: string): string | undefined {
  const name = own === undefined ? undefined : String(own);
  return name?.includes('/') ? path.resolve(projectFolder, name) : name;
}
