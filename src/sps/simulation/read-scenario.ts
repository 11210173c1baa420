import { existsSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../base/json.ts';
import type { PluginHostError } from '../../base/plugin-host-error.ts';
import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import { readTextOf, tryReadText } from '../../documents/decode-text.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../../documents/read-placed-text.ts';
import { invalidFile, readYamlFile, type YamlFile } from '../../documents/read-yaml-file.ts';
import { checkRequests } from '../../targets/backends/check-backends.ts';
import { pluginTypes } from '../plugin/find-hook.ts';
import { type LoadedSettings, loadSettings } from '../surroundings/load-settings.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { validate } from './scenario-validator.ts';
import type { Scenario } from './scenario.ts';

export interface ScenarioFile {
  scenario: Scenario;
  /** Folder that its paths are relative to. */
  folder: string;
  /** Its services and backends, with the files that they name. */
  loaded: LoadedSettings | undefined;
  /** The place of an expectation, such as `vault.yaml:12`. */
  placeOf: (...keys: string[]) => string;
}

/**
 * @param yaml What stands in the file, where that is not what is on the disk
 * @throws PluginHostError FILE_NOT_FOUND, SCENARIO_INVALID (all problems, with line and column)
 */
export function readScenario(file: string, yaml: YamlFile = readYamlFile(file)): ScenarioFile {
  const { value, problems, place, lineOf } = yaml;
  const folder = path.dirname(path.resolve(file));
  if (problems.length > 0) throw invalid(file, problems);
  const wrong = validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], scenarioSchema, value);
  if (wrong.length > 0) throw invalid(file, wrong.map(place));
  const scenario = value as Scenario;
  const { services, backends, expect } = scenario;
  const loaded = loadSettings({ ...(services && { services }), ...(backends && { backends }) }, folder);
  const requests = expect?.requests;
  const missing = [
    ...checkFiles(scenario, folder),
    ...(loaded?.problems ?? []),
    ...(requests === undefined ? [] : checkRequests(['expect', 'requests'], requests)),
  ];
  if (missing.length > 0) throw invalid(file, missing.map(place));
  return { scenario, folder, loaded, placeOf: (...keys) => `${path.basename(file)}:${lineOf(keys)}` };
}

/** The configuration of a plugin: the text in the scenario, else the text of the file that it names, else undefined. */
export function readConfiguration(plugin: NonNullable<Scenario['plugins']>['aa'], folder: string): string | undefined {
  if (typeof plugin !== 'object') return undefined;
  const { config, configFile } = plugin;
  return config ?? (configFile === undefined ? undefined : readTextOf(path.resolve(folder, configFile)));
}

function checkFiles({ plugins = {}, policy, connection }: Scenario, folder: string): ValueFault[] {
  const isEmpty = Object.keys(plugins).length === 0;
  return [
    ...(isEmpty && policy === undefined ? [{ keys: [], message: 'the key plugins is missing' }] : []),
    ...(!isEmpty && policy !== undefined
      ? [{ keys: ['policy'], message: 'policy names the plugins; leave out plugins' }]
      : []),
    ...pluginTypes.flatMap((type) => {
      const plugin = plugins[type];
      if (plugin === undefined) return [];
      const named = typeof plugin === 'string' ? { path: plugin } : plugin;
      const keys = typeof plugin === 'string' ? [] : ['path'];
      return [
        ...missing(['plugins', type, ...keys], 'no such plugin folder or ZIP', named.path),
        ...unreadable(['plugins', type, 'configFile'], named.configFile),
        ...checkDuration(['plugins', type, 'proxyTimeout'], named.proxyTimeout),
        ...(named.config !== undefined && named.configFile !== undefined
          ? [{ keys: ['plugins', type, 'configFile'], message: `plugins.${type} has config and configFile; give one` }]
          : []),
      ];
    }),
    ...checkProtocol(connection),
  ];

  function unreadable(keys: string[], named: string | undefined): ValueFault[] {
    const found = missing(keys, 'no such file', named);
    if (named === undefined || found.length > 0) return found;
    const read = tryReadText(path.resolve(folder, named), named);
    return 'fault' in read ? [{ keys, message: `${keys.join('.')}: ${read.fault}` }] : [];
  }

  function missing(keys: string[], what: string, named: string | undefined): ValueFault[] {
    if (named === undefined || existsSync(path.resolve(folder, named))) return [];
    return [{ keys, message: `${keys.join('.')}: ${what}: ${named}` }];
  }
}

function checkProtocol(connection: Scenario['connection']): ValueFault[] {
  const protocol = typeof connection === 'object' ? (connection as JsonObject)['protocol'] : undefined;
  return protocol === null
    ? [{ keys: ['connection', 'protocol'], message: 'connection.protocol must be a string' }]
    : [];
}

function invalid(file: string, problems: readonly PlacedFault[]): PluginHostError {
  const known = Object.keys(scenarioSchema.properties).join(', ');
  return invalidFile('SCENARIO_INVALID', file, problems, `Known keys: ${known}.`);
}
