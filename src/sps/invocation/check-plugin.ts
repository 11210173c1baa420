import path from 'node:path';
import { PluginHostError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { legacyEntryPoint } from '../package/check-entry-point.ts';
import { checkPackage, type Manifest } from '../package/check-package.ts';
import { openPackage, type PluginPackage } from '../package/open-package.ts';
import type { Problem } from '../package/problem.ts';
import type { Release } from '../package/release.ts';
import { checkCode as checkClass } from '../plugin/check-code.ts';
import { checkHooks } from '../plugin/check-hooks.ts';
import { checkSdk, noteOnPython } from '../plugin/check-runtime.ts';
import { isPluginType } from '../plugin/hooks.ts';
import type { Language, Plugin } from '../plugin/plugin.ts';
import { checkShadows } from './check-shadows.ts';
import { type DescribeFailure, describePlugin } from './describe-plugin.ts';
import type { RunnerSettings } from './runner.ts';

export interface CheckOptions {
  stateDir: string;
  release: Release;
  /** What `pluginv` would refuse is an error too. */
  strict: boolean;
  legacyPython: boolean;
  /** Whether plugin code may run. */
  mayImport: boolean;
  settings: RunnerSettings;
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
  /** What people may want to know although nothing is wrong with it; not part of the JSON. */
  notes: string[];
}

/** Everything that can be said of a plugin before a call. @throws PluginHostError PACKAGE_NOT_FOUND, PYTHON_NOT_FOUND, … */
export async function checkPlugin(packagePath: string, options: CheckOptions): Promise<CheckReport> {
  const { package: opened, problems } = await openPackage(packagePath, options);
  if (opened === undefined) return { ok: false, manifest: null, hooks: [], problems, notes: [] };
  const { manifest, fields, language, problems: found } = await checkPackage(opened, options);
  const plugin = toPlugin(opened, fields, language, found, options);
  const code =
    plugin === undefined || !options.mayImport
      ? { hooks: [], problems: [], notes: [] }
      : await checkCode(plugin, options);
  const shadows = plugin === undefined ? [] : checkShadows(plugin);
  const all = [...problems, ...found, ...shadows, ...code.problems];
  return { ...code, ok: !all.some(({ level }) => level === 'error'), manifest, problems: all };
}

/** Undefined when there is nothing that could be imported. */
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

type CodeReport = Pick<CheckReport, 'hooks' | 'problems' | 'notes'>;

async function checkCode(plugin: Plugin, options: CheckOptions): Promise<CodeReport> {
  const refused = (problem: Problem): CodeReport => ({ hooks: [], problems: [problem], notes: [] });
  try {
    const described = await describePlugin(plugin, options.settings, options.allowedMs, options.signal);
    if ('failure' in described) return refused(importFailed(plugin, described.failure, options.allowedMs));
    const { description } = described;
    const { release } = options;
    const note = noteOnPython(plugin, description, release);
    return {
      hooks: [...description.hooks.keys()],
      problems: [
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

function importFailed(plugin: Plugin, failure: DescribeFailure, allowedMs: number): Problem {
  const place =
    failure.kind === 'raised' ? findPlace(plugin, failure.traceback) : { file: plugin.entryPoint, line: null };
  const where = place.line === null ? place.file : `${place.file}:${place.line}`;
  const [what, hint] = describeFailure(failure, allowedMs);
  return { level: 'error', code: 'IMPORT_FAILED', message: `${where}: ${what}`, hint, ...place };
}

function describeFailure(failure: DescribeFailure, allowedMs: number): [what: string, hint: string] {
  switch (failure.kind) {
    case 'raised':
      return [
        `importing the plugin raised ${failure.exception}: ${failure.message}`,
        failure.exception === 'ModuleNotFoundError'
          ? 'Bundle the module with the plugin, or name an interpreter that has it with --python (SPS has the vendor SDK installed).'
          : 'Mend the cause; SPS would end every session at this point.',
      ];
    case 'timed-out':
      return [
        `importing the plugin took longer than ${allowedMs / 1000} s`,
        'Move work from the module into the hooks.',
      ];
    case 'exited':
      return [
        `importing the plugin ended its process (${failure.signal ?? `exit code ${failure.exitCode ?? 'unknown'}`})`,
        'Nothing may exit while the plugin is imported.',
      ];
  }
}

/** The innermost line of the plugin's own files in a traceback of Python or a stack of Node. */
function findPlace({ root, entryPoint }: Plugin, traceback: string): { file: string; line: number | null } {
  const lines = [...traceback.matchAll(/(?:File "|file:\/\/|\()?(\/[^":()\n]+)(?:", line |:)(\d+)/g)].map(
    ([, file = '', line]) => ({
      file: path.relative(root, file).replaceAll(path.sep, '/'),
      line: Number(line),
    }),
  );
  const own = lines.filter(({ file }) => !file.startsWith('..'));
  // Python prints the innermost frame last, Node first.
  return (traceback.includes('File "') ? own.at(-1) : own[0]) ?? { file: entryPoint, line: null };
}
