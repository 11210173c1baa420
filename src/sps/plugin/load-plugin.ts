import type { RefusalCode } from '../../base/code.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { legacyEntryPoint } from '../manifest/check-entry-point.ts';
import type { Release } from '../manifest/release.ts';
import { checkPackage } from '../package/check-package.ts';
import { openPackage } from '../package/open-package.ts';
import { isPluginType } from './find-hook.ts';
import type { Plugin } from './plugin.ts';

export interface LoadOptions {
  stateDir: string;
  release: Release;
  /** Run what the release would refuse to install. */
  force: boolean;
  legacyPython: boolean;
}

/**
 * Opens a package and makes sure that the emulated release would install it.
 * @throws PluginHostError PACKAGE_NOT_FOUND, the code of the first error that `check` finds, TYPE_NOT_SIMULATED
 */
export async function loadPlugin(path: string, options: LoadOptions): Promise<Plugin> {
  const { package: opened, problems } = await openPackage(path, options);
  if (opened === undefined) throw refusal(path, problems);
  const report = await checkPackage(opened, { ...options, strict: false });
  const errors = report.problems.filter(({ level }) => level === 'error');
  const { fields, language } = report;
  const isRefused = errors.length > 0 && !options.force;
  // A Python 2 plugin can only be run with an interpreter for it.
  const isUnrunnable = fields?.entryPoint === undefined && !options.legacyPython;
  if (fields === undefined || language === undefined || isRefused || isUnrunnable) {
    throw refusal(path, report.problems);
  }
  if (errors.some(({ code }) => code === 'ENTRY_POINT_MISSING')) throw refusal(path, report.problems);
  if (!isPluginType(fields.type)) {
    throw new PluginHostError('TYPE_NOT_SIMULATED', `${path}: plugins of type ${fields.type} cannot be run`, {
      hint: 'Their hooks are not published; only aa and credentialstore are simulated.',
    });
  }
  return {
    name: fields.name,
    version: fields.version,
    type: fields.type,
    api: fields.api,
    language,
    path,
    root: opened.root,
    entryPoint: fields.entryPoint ?? legacyEntryPoint,
    ...(fields.entryPoint === undefined ? { isLegacy: true } : {}),
    warnings: errors.map((problem) => ({
      ...problem,
      level: 'warning',
      hint: `Run because of --force. ${problem.hint}`,
    })),
  };
}

function refusal(path: string, problems: Problem<RefusalCode>[]): PluginHostError {
  const errors = problems.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first === undefined) throw new Error(`no reason to refuse ${path}`);
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more; plugin-host check lists them)` : '';
  return new PluginHostError(first.code, `${path}: ${first.message}${others}`, { hint: first.hint });
}
