import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findPluginHere } from '../package/find-plugin-here.ts';
import { type PluginType, pluginTypes } from '../plugin/find-hook.ts';
import { type Member, type MemberOptions, openMember } from '../session/open-member.ts';
import { requireConnection } from '../session/open-plugin.ts';
import { builtInScenarios } from './built-in-scenarios.ts';
import type { Cast } from './cast.ts';
import type { PolicyChoice } from './policy/policy-choice.ts';
import { readConfiguration, readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';

export interface ScenarioChoice {
  /** File or name of a built-in scenario. */
  name: string | undefined;
  plugins: readonly string[];
  connection: string | undefined;
  /** Name of a committed connection policy. */
  policy?: string | undefined;
  /** Arguments that lie over those of the policy. */
  overlay?: JsonObject | undefined;
}

/** Reads the scenario and opens its plugins. @throws PluginHostError SCENARIO_INVALID, USAGE, and as `openMember` */
export async function loadScenario(choice: ScenarioChoice, options: MemberOptions): Promise<Cast> {
  const { name } = choice;
  const { policy, connection, overlay = {} } = choice;
  if (policy !== undefined && choice.plugins.length > 0) {
    throw new PluginHostError('USAGE', '--policy names the plugins', { hint: 'Leave out -p, or --policy.' });
  }
  if (name === undefined || (!existsSync(name) && Object.hasOwn(builtInScenarios, name))) {
    const scenario = name === undefined ? {} : { ...builtInScenarios[name] };
    if (policy !== undefined) return openPolicy({ name: policy, connection, overlay }, scenario, options);
    return openNamed(
      choice,
      withOverlay({ ...scenario, ...(connection === undefined ? {} : { connection }) }, overlay),
      options,
    );
  }
  if (!existsSync(name) && !/[./]/.test(name)) {
    throw new PluginHostError('FILE_NOT_FOUND', `${name}: neither a file nor a built-in scenario`, {
      hint: renderSuggestion(name, Object.keys(builtInScenarios)),
    });
  }
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PluginHostError('USAGE', `${name} is a folder, not a scenario`, { hint: `Did you mean -p ${name}?` });
  }
  if (choice.plugins.length > 0 || choice.connection !== undefined) {
    throw new PluginHostError('USAGE', `${name} names its plugins and its connection itself`, {
      hint: 'Leave out -p and --connection, or the scenario.',
    });
  }
  if (policy !== undefined) {
    throw new PluginHostError('USAGE', `${name} names its plugins itself`, {
      hint: 'Leave out --policy, or the scenario.',
    });
  }
  return openFile(name, overlay, options);
}

/** With SQLite, only where a policy is named. */
async function openPolicy(choice: PolicyChoice, scenario: Scenario, options: MemberOptions): Promise<Cast> {
  return (await import('./open-policy-cast.ts')).openPolicyCast(choice, scenario, options);
}

async function openFile(name: string, overlay: JsonObject, options: MemberOptions): Promise<Cast> {
  const { scenario, folder, loaded, placeOf } = readScenario(name);
  if (scenario.policy !== undefined) {
    const choice = { name: scenario.policy, connection: undefined, overlay };
    return { ...(await openPolicy(choice, scenario, { ...options, loaded })), placeOf, files: [path.resolve(name)] };
  }
  const members: Cast['members'] = {};
  const close = createClose(members);
  const files = [path.resolve(name)];
  try {
    for (const type of pluginTypes) {
      const given = scenario.plugins?.[type];
      if (given === undefined) continue;
      const plugin = typeof given === 'string' ? { path: given } : given;
      const file = path.relative(options.currentFolder, path.resolve(folder, plugin.path)) || '.';
      const timeout = plugin.proxyTimeout === undefined ? undefined : parseDuration(String(plugin.proxyTimeout));
      const member = await openMember(file, {
        ...options,
        loaded,
        configuration: options.configuration ?? readConfiguration(plugin, folder),
        proxyTimeoutMs: options.proxyTimeoutMs ?? timeout,
      });
      addMember(members, member, type);
      files.push(path.resolve(file));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { scenario: withOverlay(scenario, overlay), members, placeOf, files, close };
}

async function openNamed(
  { plugins, connection }: ScenarioChoice,
  scenario: Omit<Scenario, 'plugins'>,
  options: MemberOptions,
): Promise<Cast> {
  if (connection !== undefined) requireConnection(connection);
  const paths = plugins.length === 0 ? [findPluginHere(options.currentFolder)] : plugins;
  if (options.configuration !== undefined && paths.length > 1) {
    throw new PluginHostError('USAGE', '--config is for one plugin, but there are two', {
      hint: 'Write a scenario, or put `config:` into the plugin-host.yaml of each.',
    });
  }
  const members: Cast['members'] = {};
  const close = createClose(members);
  try {
    for (const file of paths) addMember(members, await openMember(file, options));
  } catch (error) {
    await close();
    throw error;
  }
  const named = Object.fromEntries(Object.entries(members).map(([type, { plugin }]) => [type, plugin.path]));
  return {
    scenario: { ...scenario, plugins: named },
    members,
    placeOf: undefined,
    files: paths.map((file) => path.resolve(file)),
    close,
  };
}

/** Arguments lie over those of the scenario's connection. */
function withOverlay<T extends Pick<Scenario, 'connection'>>(scenario: T, overlay: JsonObject): T {
  if (Object.keys(overlay).length === 0) return scenario;
  const { connection = 'ssh' } = scenario;
  const given = typeof connection === 'string' ? { base: connection } : connection;
  return { ...scenario, connection: { ...given, ...overlay } };
}

function addMember(members: Cast['members'], member: Member, expected?: PluginType): void {
  const { type, path: file } = member.plugin;
  const other = members[type];
  members[type] ??= member;
  if ((expected === undefined || expected === type) && other === undefined) return;
  if (other !== undefined) void member.shims.close();
  const message =
    expected === undefined || expected === type
      ? `${file} and ${other?.plugin.path ?? ''} are both of type ${type}`
      : `${file} is a plugin of type ${type}, not ${expected}`;
  throw new PluginHostError('USAGE', message, { hint: 'A session has at most one plugin of each type.' });
}

function createClose(members: Cast['members']): () => Promise<void> {
  return async () => {
    await Promise.all(Object.values(members).map(({ shims }) => shims.close()));
  };
}
