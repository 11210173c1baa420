import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RefusalCode } from '../../base/code.ts';
import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { checkEntryPoint, languageOf, type EntryPointOptions } from '../manifest/check-entry-point.ts';
import { checkManifest, type ManifestReport } from '../manifest/check-manifest.ts';
import { findManifestElsewhere } from '../manifest/find-manifest-elsewhere.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { maxManifestBytes } from '../manifest/read-manifest.ts';
import { readPackageFile, systemCode } from '../manifest/read-package-file.ts';
import type { Release } from '../manifest/release.ts';
import { checkDefaultCfg } from './check-default-cfg.ts';
import type { PluginPackage } from './open-package.ts';
import { maxZipBytes } from './zip-content.ts';

export type { Manifest } from '../manifest/manifest.ts';

export interface PackageReport {
  /** The MANIFEST's own keys as the appliance reads them, for reports: `version` as text, `api` as `1.9`; null when unreadable. */
  manifest: JsonObject | null;
  /** Undefined when the appliance would refuse the MANIFEST, whatever the release. */
  fields: Manifest | undefined;
  /** By the name of the entry point; undefined when the MANIFEST is unreadable. */
  language: 'python' | 'typescript' | undefined;
  /** Those of the MANIFEST in the order of their lines, then those of the package. */
  problems: Problem<RefusalCode>[];
}

export interface PackageOptions {
  release: Release;
  /** What only `pluginv` refuses is an error, not a warning. */
  strict: boolean;
  /** An interpreter for Python 2 plugins is known. */
  legacyPython: boolean;
}

/**
 * Everything that can be said about a package without running it.
 * @throws PluginHostError PACKAGE_NOT_FOUND when its folder no longer exists
 */
export async function checkPackage(pkg: PluginPackage, options: PackageOptions): Promise<PackageReport> {
  const names = await listNames(pkg);
  const report = await checkManifestFile(pkg, names, options);
  const { manifest, fields, entryPoint, problems } = report;
  const packageProblems: Problem<RefusalCode>[] = checkZipSize(pkg, options.strict);
  if (manifest !== null && !hasCode(problems, 'ENTRY_POINT_FORMAT')) {
    const entryPointOptions: EntryPointOptions = { root: pkg.root, names, legacyPython: options.legacyPython };
    packageProblems.push(...(await checkEntryPoint(entryPoint, entryPointOptions)));
  }
  if (names.includes('default.cfg'))
    packageProblems.push(...(await checkDefaultCfg(path.join(pkg.root, 'default.cfg'))));
  const language = manifest === null ? undefined : languageOf(entryPoint.name);
  return { manifest, fields, language, problems: [...problems, ...packageProblems] };
}

async function listNames({ root }: PluginPackage): Promise<string[]> {
  try {
    return await readdir(root);
  } catch (cause) {
    const hint = 'Check the path and the permissions of the folder.';
    throw new PluginHostError('PACKAGE_NOT_FOUND', `${root}: cannot be read (${systemCode(cause)})`, { hint, cause });
  }
}

async function checkManifestFile(
  pkg: PluginPackage,
  names: string[],
  options: PackageOptions,
): Promise<ManifestReport> {
  if (!names.includes('MANIFEST')) {
    return unreadable('MANIFEST_MISSING', 'is not in the package root', await findManifestElsewhere(pkg.root, names));
  }
  const file = await readPackageFile(path.join(pkg.root, 'MANIFEST'), maxManifestBytes);
  if ('fault' in file) return unreadable('MANIFEST_MISSING', file.fault, 'Make MANIFEST a readable file.');
  if (file.sizeBytes > maxManifestBytes) {
    return unreadable(
      'MANIFEST_NOT_YAML',
      `is larger than ${maxManifestBytes} bytes`,
      'A MANIFEST has about a dozen lines.',
    );
  }
  return checkManifest(file.bytes, options);
}

function unreadable(code: 'MANIFEST_MISSING' | 'MANIFEST_NOT_YAML', what: string, hint: string): ManifestReport {
  const problem: Problem<RefusalCode> = {
    level: 'error',
    code,
    message: `MANIFEST: ${what}`,
    hint,
    file: 'MANIFEST',
    line: null,
  };
  return { manifest: null, fields: undefined, entryPoint: { name: undefined, line: null }, problems: [problem] };
}

/** The guides allow 20 MB; `pluginv` already refuses exactly that much. Source: Plugin SDK 1.9.1, release task. */
function checkZipSize({ sizeBytes, path: given }: PluginPackage, strict: boolean): Problem<RefusalCode>[] {
  if (sizeBytes < maxZipBytes) return [];
  const message = `${given}: the ZIP must be smaller than ${maxZipBytes} bytes for pluginv, got ${sizeBytes}`;
  const hint = 'Leave out what the plugin does not need at run time.';
  return [{ level: strict ? 'error' : 'warning', code: 'ZIP_TOO_LARGE', message, hint, file: null, line: null }];
}

function hasCode(problems: Problem<RefusalCode>[], code: RefusalCode): boolean {
  return problems.some((problem) => problem.code === code);
}
