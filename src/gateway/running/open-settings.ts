import { lookup } from 'node:dns/promises';
import path from 'node:path';
import pTimeout from 'p-timeout';
import type { Json } from '../../base/json.ts';
import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Problem, warning } from '../../base/problem.ts';
import { fileUnwritable } from '../../documents/file-unwritable.ts';
import { shareBackends } from '../../sps/backends/share-backends.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import { resolveHost } from '../../sps/call/resolve-host.ts';
import type { Cast } from '../../sps/simulation/cast.ts';
import { loadScenario } from '../../sps/simulation/load-scenario.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';
import { openStore } from '../../sps/stores/open-store.ts';
import { makePrivateFolder } from '../../state/make-private-folder.ts';
import { type DestinationRules, parseHostAndPort } from '../destination/choose-destination.ts';
import { loopbackOnly, parseNetwork, parseTargetPattern, type TargetPattern } from '../destination/target-pattern.ts';
import { openSharedKeys } from '../target/open-shared-keys.ts';
import { openKnownHosts, type TrustedKeys } from '../target/trusted-keys.ts';
import { checkMembers } from './check-members.ts';
import type { Duration, GatewayOptions } from './gateway-options.ts';
import type { GatewaySettings } from './gateway-settings.ts';

export interface OpenedSettings {
  settings: Omit<GatewaySettings, 'owner' | 'onEvent'>;
  /** The state is shared with other hosts. */
  isShared: boolean;
  stateDir: string;
  /** How plugins of older sessions are run. */
  given: HostOptions;
  close: () => Promise<void>;
}

/** Keys of a scenario that a real connection has its own of. Source: gateway contract, `--scenario`. */
const usedKeys = ['description', 'connection', 'policy', 'plugins', 'services', 'backends'];
const maxNameMs = 5000;

/** Opens the plugins, and checks all that sessions will need. @throws PluginHostError USAGE, and as `loadScenario` */
export async function openSettings(
  options: GatewayOptions,
  where: Pick<HostOptions, 'environment' | 'currentFolder'>,
): Promise<OpenedSettings> {
  const { plugins = [], policy, scenario, force = false } = options;
  const given: HostOptions = {
    ...where,
    hostConfig: options.hostConfig,
    stateDir: options.stateDir,
    python: options.python,
    proxyTimeoutMs: durationOf('proxyTimeout', options.proxyTimeout),
    configuration: options.config,
    api: options.api,
    spsVersion: options.spsVersion,
  };
  const { stateDir, stateUrl } = await resolveHost(plugins[0] ?? '.', { ...given, configuration: undefined });
  await using stack = new AsyncDisposableStack(); // what was opened is closed again when the rest fails
  const cast = await loadScenario(
    { name: scenario, plugins, connection: undefined, policy },
    { ...given, sessionStateDir: stateDir, sessionStateUrl: stateUrl, force },
  );
  stack.defer(cast.close);
  const connection = connectionOf(cast);
  await checkMembers(cast.members, force);
  await (await shareBackends(cast.members))[Symbol.asyncDispose](); // else the first session tells what is wrong with them
  const store = stack.use(await openStore({ stateDir, stateUrl }));
  const settings = {
    members: cast.members,
    policy: cast.policy?.policy,
    connectionName: textOf(connection['connection_name']) ?? cast.policy?.policy.name ?? 'gateway',
    domains: {
      gateway_domain: textOf(connection['gateway_domain']) ?? null,
      server_domain: textOf(connection['server_domain']) ?? null,
    },
    destinations: destinationsOf(options, cast),
    forwarding: forwardingOf(options.allowForwarding),
    asksGatewayPassword: options.gatewayPassword ?? false,
    trusted: trustedKeysOf(options, store, path.resolve(where.currentFolder, stateDir)),
    idleTimeoutMs: durationOf('idleTimeout', options.idleTimeout),
    recordDir: makeRecordDir(options.record, where.currentFolder),
    explains: options.explain ?? false,
    showsSecrets: options.showSecrets ?? false,
    problems: [...(cast.policy?.problems ?? []), ...(scenario === undefined ? [] : findUnusedKeys(cast, scenario))],
    store,
  };
  const kept = stack.move();
  return {
    settings,
    isShared: stateUrl !== undefined,
    stateDir,
    given: { ...given, configuration: undefined },
    close: () => kept.disposeAsync(),
  };
}

/** A file that is named wins over the keys that hosts share. */
function trustedKeysOf(
  { knownHosts, targetHostKey }: GatewayOptions,
  { targetKeys }: StoredSessions,
  stateDir: string,
): TrustedKeys {
  const acceptsNew = targetHostKey !== 'strict';
  if (targetKeys !== undefined && knownHosts === undefined) return openSharedKeys(targetKeys, { acceptsNew });
  return openKnownHosts({ file: knownHosts ?? path.join(stateDir, 'known_hosts'), acceptsNew });
}

/** What is not used of a scenario. */
function findUnusedKeys({ scenario }: Pick<Cast, 'scenario'>, file: string): Problem[] {
  return Object.keys(scenario)
    .filter((key) => !usedKeys.includes(key))
    .map((key) =>
      warning(
        'SCENARIO_KEY_UNUSED',
        `${file}: ${key} is not used by a gateway`,
        'Its users and targets are real ones.',
      ),
    );
}

/** @throws PluginHostError USAGE when it is not one of SSH */
function connectionOf({ scenario, policy }: Cast): Record<string, Json> {
  const { connection = 'ssh' } = scenario;
  const { base, ...written } = typeof connection === 'string' ? { base: connection } : connection;
  const protocols = [
    policy?.policy.protocol,
    base?.replace(/-gateway$/, ''),
    textOf((written as Record<string, Json>)['protocol']),
  ];
  const other = protocols.find((each) => each !== undefined && each.toLowerCase() !== 'ssh');
  if (other !== undefined) {
    throw new PluginHostError('USAGE', `a gateway has connections of ssh, not of ${other}`, {
      hint: 'Use a connection of ssh, or `plugin-host simulate`.',
    });
  }
  return typeof connection === 'string' ? {} : written;
}

function destinationsOf({ target, allowTarget }: GatewayOptions, { policy }: Cast): DestinationRules {
  const fixed = target === undefined ? undefined : parseHostAndPort(target);
  if (target !== undefined && fixed === undefined) {
    throw new PluginHostError('USAGE', `${JSON.stringify(target)} is not a target`, {
      hint: 'Write HOST or HOST:PORT, an IPv6 address in brackets.',
    });
  }
  const lookUp = async (name: string): Promise<string[]> => {
    const found = lookup(name, { all: true, order: 'verbatim' }).then((all) => all.map(({ address }) => address));
    return pTimeout(found, { milliseconds: maxNameMs }).catch(() => []);
  };
  const network = policy?.policy.network;
  if (network === undefined) {
    const patterns = allowTarget?.map(parseTargetPattern) ?? [loopbackOnly];
    return { target: fixed, isAllowed: anyOf(patterns), lookUp };
  }
  const targets = anyOf(network.targets.map(parseNetwork));
  const isAllowed: TargetPattern = (host, port) =>
    targets(host, port) && (network.ports.length === 0 || network.ports.includes(port));
  const { server_ip: ip, server_port: port } = policy?.policy.arguments ?? {};
  const fallback = typeof ip === 'string' ? { host: ip, port: typeof port === 'number' ? port : 22 } : undefined;
  return { target: fixed, fallback, isAllowed, lookUp };
}

function forwardingOf(allowed: GatewayOptions['allowForwarding']): TargetPattern | undefined {
  if (allowed === undefined || allowed === false) return undefined;
  const patterns = allowed === true ? [] : allowed;
  return patterns.length === 0 ? () => true : anyOf(patterns.map(parseTargetPattern));
}

function anyOf(patterns: readonly TargetPattern[]): TargetPattern {
  return (host, port) => patterns.some((each) => each(host, port));
}

function makeRecordDir(folder: string | undefined, currentFolder: string): string | undefined {
  if (folder === undefined) return undefined;
  const absolute = path.resolve(currentFolder, folder);
  try {
    makePrivateFolder(absolute);
  } catch (cause) {
    throw fileUnwritable(absolute, cause, 'Name a folder that can be made and written to with --record.');
  }
  return absolute;
}

/** @throws PluginHostError USAGE */
export function durationOf(name: string, given: Duration | undefined): number | undefined {
  if (given === undefined) return undefined;
  const durationMs = typeof given === 'number' ? given : parseDuration(given);
  if (durationMs !== undefined && durationMs >= 1 && durationMs < 2 ** 31) return durationMs;
  throw new PluginHostError('USAGE', `${name}: ${JSON.stringify(given)} is not a duration`, {
    hint: 'Write it as 2m, 30s or 1500ms.',
  });
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
