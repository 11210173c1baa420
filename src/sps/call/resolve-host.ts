import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { fromFolder } from '../../project/choose-python.ts';
import type { ProjectPart } from '../../project/read-project-file.ts';
import { type ProjectOptions, resolveProject } from '../../project/resolve-project.ts';
import { redisAddressOf } from '../../state/redis-address.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { layBackends } from '../../targets/backends/lay-backends.ts';
import type { DescribedBackends } from '../backends/described-backends.ts';
import type { RunningBackends } from '../backends/running-backends.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import { defaultRelease, type Release } from '../manifest/release.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { compiledAhead } from '../services/provide-appliance.ts';
import type { LoadedFaults } from '../surroundings/load-faults.ts';
import type { LoadedServices } from '../surroundings/load-services.ts';
import type { LoadedSettings } from '../surroundings/load-settings.ts';
import type { MatrixSettings } from '../surroundings/matrix-schema.ts';
import type { ReadSpsSettings } from '../surroundings/read-sps-settings.ts';
import type { Services } from '../surroundings/services.ts';

/** Source: Credential store guide 6.x: the proxy's own default is 600 s. */
const defaultProxyTimeoutMs = 600_000;

/** What the caller chose; everything else comes from the project file, the environment and the defaults. */
export interface HostOptions extends ProjectOptions {
  proxyTimeoutMs?: number | undefined;
  configuration?: string | undefined;
  api?: string | undefined;
  spsVersion?: string | undefined;
  /** Replace those of the project file, service by service; files are relative to the current folder. */
  services?: Services | undefined;
  /** Laid over those of the project file, by their address. */
  backends?: readonly BackendDescription[] | undefined;
  /** Each call has a fresh interpreter; of members of a session. */
  isCold?: boolean | undefined;
  /** How a plugin is run whose lines are counted; of members of a session. */
  recordCoverage?: ((plugin: Plugin, settings: RunnerSettings) => RunnerSettings) | undefined;
}

/** How plugins of SPS are run here. */
export interface Host extends StatePlace {
  /** Undefined when there is none. */
  projectFile: string | undefined;
  release: Release;
  proxyTimeoutMs: number;
  /** What a hook gets of it. */
  pluginTimeoutMs: number;
  /** Undefined when none is configured. */
  configuration: string | undefined;
  /** Its file, or words for it. */
  configurationFrom?: string | undefined;
  /** Of a case of a file of tests. */
  test?: DescribedBackends['test'];
  settings: RunnerSettings;
  secretNames: readonly string[];
  legacyPython: boolean;
  /** What the appliance provides. */
  services: LoadedServices;
  /** Local files by path on the appliance. */
  files: Readonly<Record<string, string>>;
  faults: LoadedFaults;
  /** Simulated servers that its plugin reaches instead of all others. Undefined: it reaches what it wants. */
  backends: readonly BackendDescription[] | undefined;
  /** What tests are run with, each in several versions; undefined: the project file says nothing of it. */
  matrix?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Of calls that share them. */
  running?: RunningBackends | undefined;
  /** Passwords and private keys of the services and backends. */
  serviceSecrets: readonly string[];
}

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID, STATE_UNTRUSTED, USAGE */
export async function resolveHost(pluginPath: string, options: HostOptions): Promise<Host> {
  const {
    file,
    folder,
    stateDir,
    stateUrl,
    runner,
    part = {},
  } = await resolveProject(pluginPath, options, loadSpsPart);
  const { services, files = {}, faults = {}, backends, secrets = [] } = part.loaded ?? {};
  const given = await loadGiven(options, options.currentFolder);
  return {
    stateDir,
    stateUrl,
    projectFile: file,
    release: readRelease(options),
    ...timeoutsOf(options.proxyTimeoutMs ?? readTimeout(part.proxyTimeout)),
    configuration: options.configuration ?? part.config,
    configurationFrom: options.configuration === undefined ? file : 'the configuration that was given',
    settings: { ...runner, legacyPython: fromFolder(part.legacyPython, folder), ahead: compiledAhead },
    secretNames: part.secrets ?? [],
    legacyPython: part.legacyPython !== undefined,
    services: { ...services, ...given?.services },
    files,
    faults,
    backends: layBackends(backends, given?.backends),
    matrix: part.matrix && readMatrix(part.matrix),
    serviceSecrets: [...secrets, ...(given?.secrets ?? []), ...secretsOfState(stateUrl)],
  };
}

/** Its process gets the password when the memory cache is there too. */
function secretsOfState(stateUrl: string | undefined): string[] {
  const { password = '' } = stateUrl === undefined ? {} : redisAddressOf(new URL(stateUrl));
  return password === '' ? [] : [password];
}

type Given = Pick<HostOptions, 'services' | 'backends'>;

/** With its validator, only where there is a project file. */
async function loadSpsPart(): Promise<ProjectPart<ReadSpsSettings>> {
  return (await import('../surroundings/read-sps-settings.ts')).spsPart;
}

async function loadGiven({ services, backends }: Given, folder: string): Promise<LoadedSettings | undefined> {
  if (services === undefined && backends === undefined) return undefined;
  const { loadGivenServices } = await import('../surroundings/load-given-services.ts'); // with the validator
  return loadGivenServices({ ...(services && { services }), ...(backends && { backends: [...backends] }) }, folder);
}

/** @throws PluginHostError USAGE */
export function requireApi(api: string): void {
  if (/^\d+\.\d+$/.test(api)) return;
  throw new PluginHostError('USAGE', `${JSON.stringify(api)} is not an API version`, { hint: 'Write it as 1.9.' });
}

function readRelease({ api = defaultRelease.api, spsVersion = defaultRelease.spsVersion }: HostOptions): Release {
  requireApi(api);
  if (!/^\d+(\.\d+)*$/.test(spsVersion)) {
    throw new PluginHostError('USAGE', `${JSON.stringify(spsVersion)} is not an SPS version`, {
      hint: 'Write it as 9.0.0.',
    });
  }
  return { api, spsVersion };
}

function readMatrix(matrix: MatrixSettings): Record<string, string[]> {
  return Object.fromEntries(Object.entries(matrix).map(([axis, values]) => [axis, [...new Set(values.map(String))]]));
}

/** Checked with the project file. */
function readTimeout(text: string | number | undefined): number {
  return (text === undefined ? undefined : parseDuration(String(text))) ?? defaultProxyTimeoutMs;
}

/** A hook gets half of what the proxy grants. Source: product contract. @throws PluginHostError USAGE */
export function timeoutsOf(proxyTimeoutMs: number): Pick<Host, 'proxyTimeoutMs' | 'pluginTimeoutMs'> {
  if (proxyTimeoutMs >= 1 && proxyTimeoutMs < 2 ** 31) return { proxyTimeoutMs, pluginTimeoutMs: proxyTimeoutMs / 2 };
  throw new PluginHostError('USAGE', `a proxy timeout of ${proxyTimeoutMs} ms cannot be kept`, {
    hint: 'Give 1 ms to 24 days.',
  });
}
