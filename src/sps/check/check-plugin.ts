import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { hasError, type Problem } from '../../base/problem.ts';
import { type DescribeFailure, type DescribeOptions, describePlugin } from '../invocation/describe-plugin.ts';
import { findMissingModule, type MissingModule } from '../invocation/find-missing-module.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import { legacyEntryPoint } from '../manifest/check-entry-point.ts';
import type { Release } from '../manifest/release.ts';
import { checkPackage, type Manifest } from '../package/check-package.ts';
import { openPackage, type PluginPackage } from '../package/open-package.ts';
import { isPluginType } from '../plugin/find-hook.ts';
import { collectPluginSecrets, createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { Language, Plugin } from '../plugin/plugin.ts';
import { findFailedLine } from '../stacks/find-failed-line.ts';
import { findPlace } from '../stacks/stack-frame.ts';
import { checkCode as checkClass } from './check-code.ts';
import { checkHooks } from './check-hooks.ts';
import { checkSdk, noteOnPython } from './check-sdk.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkShadows } from './check-shadows.ts';

/** What the appliance provides while a plugin is imported. */
interface Surroundings extends Pick<DescribeOptions, 'environment' | 'appliance'> {
  /** What is unusual about it. */
  problems: Problem[];
}

/** Imports a plugin with the services, files and environment of its calls. */
export type Surround = <T>(plugin: Plugin, run: (surroundings: Surroundings) => Promise<T>) => Promise<T>;

export interface CheckOptions {
  stateDir: string;
  release: Release;
  /** What `pluginv` would refuse is an error too. */
  strict: boolean;
  legacyPython: boolean;
  /** Whether plugin code may run. */
  mayImport: boolean;
  settings: RunnerSettings;
  /** For the constructor, when the class lacks a hook; undefined when none is configured. */
  configuration: string | undefined;
  surround: Surround;
  /** Names that the project file marks as secret. */
  secretNames: readonly string[];
  /** Passwords and private keys of the services. */
  serviceSecrets: readonly string[];
  /** The folder that a ZIP was made from: hints name what to do there. */
  origin?: Pick<Plugin, 'path' | 'root'>;
  /** For the import. */
  allowedMs: number;
  signal?: AbortSignal;
}

/** Source: product contract, `check --json`. */
export interface CheckReport {
  ok: boolean;
  manifest: JsonObject | null;
  /** Hooks that the plugin has, in the order in which a session calls them; empty when it was not imported. */
  hooks: string[];
  problems: Problem[];
  /** What people may want to know although it is not a problem; not part of the JSON. */
  notes: string[];
}

/** Everything that can be said about a plugin before a call. @throws PluginHostError PACKAGE_NOT_FOUND, PYTHON_NOT_FOUND, … */
export async function checkPlugin(packagePath: string, options: CheckOptions): Promise<CheckReport> {
  const { package: opened, problems } = await openPackage(packagePath, options);
  if (opened === undefined) return { ok: false, manifest: null, hooks: [], problems, notes: [] };
  const { manifest, fields, language, problems: found } = await checkPackage(opened, options);
  const plugin = toPlugin(opened, fields, language, found, options);
  const code =
    plugin === undefined || !options.mayImport
      ? { hooks: [], problems: [], notes: [] }
      : await options.surround(plugin, (surroundings) => checkCode(plugin, surroundings, options));
  const shadows = plugin === undefined ? [] : checkShadows(plugin);
  const secrets = opened.kind === 'zip' ? checkSecrets(opened.root) : [];
  const all = [...problems, ...found, ...secrets, ...shadows, ...maskProblems(code.problems, options)];
  return { ok: !hasError(all), manifest, ...code, problems: all };
}

/** Undefined when there is nothing to import. */
function toPlugin(
  opened: PluginPackage,
  fields: Manifest | undefined,
  language: Language | undefined,
  problems: Problem[],
  { legacyPython }: CheckOptions,
): Plugin | undefined {
  if (fields === undefined || language === undefined || !isPluginType(fields.type)) return undefined;
  const isLegacy = fields.entryPoint === undefined;
  if ((isLegacy && !legacyPython) || problems.some(({ code }) => code === 'ENTRY_POINT_MISSING')) return undefined;
  const { name, version, type, api, entryPoint = legacyEntryPoint } = fields;
  const { path, root } = opened;
  const plugin: Plugin = { name, version, type, api, entryPoint, language, path, root, warnings: [] };
  return isLegacy ? { ...plugin, isLegacy } : plugin;
}

/** The plugin was given secrets, and what it raised may contain them. */
function maskProblems(
  problems: Problem[],
  { configuration = '', secretNames, serviceSecrets }: CheckOptions,
): Problem[] {
  if (problems.length === 0) return problems;
  const secrets = collectPluginSecrets({ configuration, names: secretNames });
  const masker = createPluginMasker([...secrets.values, ...serviceSecrets], secrets.names);
  const mask = (text: string): string => masker.text(text);
  return problems.map((problem) => ({ ...problem, message: mask(problem.message), hint: mask(problem.hint) }));
}

type CodeReport = Pick<CheckReport, 'hooks' | 'problems' | 'notes'>;

async function checkCode(plugin: Plugin, surroundings: Surroundings, options: CheckOptions): Promise<CodeReport> {
  const { problems: unusual, ...provided } = surroundings;
  const refused = (problem: Problem): CodeReport => ({ hooks: [], problems: [...unusual, problem], notes: [] });
  try {
    const described = await describePlugin(plugin, options.settings, { ...options, ...provided });
    if ('failure' in described) return refused(importFailed(plugin, described.failure, options));
    const { description } = described;
    const { release } = options;
    const note = noteOnPython(plugin, description, release);
    return {
      hooks: [...description.hooks.keys()],
      problems: [
        ...unusual,
        ...checkHooks(plugin, description, release),
        ...checkClass(plugin, description, release),
        ...checkSdk(plugin, description, release),
      ],
      notes: note === undefined ? [] : [note],
    };
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code !== 'CLASS_MISSING') throw error;
    const { code, message, hint } = error;
    const line = Number(/^[^:]+:(\d+): /.exec(message)?.[1] ?? 0) || null;
    return refused({ level: 'error', code, message, hint, file: plugin.entryPoint, line });
  }
}

function importFailed(plugin: Plugin, failure: DescribeFailure, options: CheckOptions): Problem {
  const place =
    failure.kind === 'raised'
      ? findFailedLine(plugin, failure.traceback) // Python 2 has it too, but no stack
      : placeOf(plugin, failure);
  const where = place.line === null ? place.file : `${place.file}:${place.line}`;
  const { path: given, root } = options.origin ?? plugin;
  const origin = { ...plugin, path: given, root };
  const missing = failure.kind === 'raised' ? findMissingModule(failure, origin, options.settings) : undefined;
  const [what, hint] = describeFailure(failure, options.allowedMs, missing);
  return { level: 'error', code: 'IMPORT_FAILED', message: `${where}: ${what}`, hint, ...place };
}

function describeFailure(
  failure: DescribeFailure,
  allowedMs: number,
  missing: MissingModule | undefined,
): [what: string, hint: string] {
  switch (failure.kind) {
    case 'raised':
      return [
        `importing the plugin raised ${failure.exception}: ${failure.message}${missing?.runsOn === undefined ? '' : `, on ${missing.runsOn}`}`,
        missing?.hint ?? 'Fix the cause; SPS would end every session at this point.',
      ];
    case 'timed-out':
      return [
        `importing the plugin took longer than ${allowedMs / 1000} s`,
        'Move work from the module into the hooks.',
      ];
    case 'exited':
      return [
        `importing the plugin ended its process (${failure.signal ?? `exit code ${failure.exitCode ?? 'unknown'}`})`,
        'The plugin must not exit while it is imported.',
      ];
  }
}

function placeOf({ entryPoint }: Plugin, { stack }: DescribeFailure): { file: string; line: number | null } {
  const { file, line } = findPlace(stack) ?? { file: entryPoint, line: null };
  return { file, line };
}
