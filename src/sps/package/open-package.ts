import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RefusalCode } from '../../base/code.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { systemCode } from '../manifest/read-package-file.ts';
import type { ZipFault } from './zip-content.ts';

/** A plugin on disk, a folder or a ZIP. */
export interface PluginPackage {
  /** As given. */
  path: string;
  /** Absolute folder with the files, symbolic links resolved; of a ZIP, where it was unpacked. */
  root: string;
  kind: 'folder' | 'zip';
  /** Of the ZIP; 0 for a folder. */
  sizeBytes: number;
}

export interface OpenedPackage {
  /** Undefined when a problem forbids unpacking the ZIP. */
  package: PluginPackage | undefined;
  problems: Problem<RefusalCode>[];
}

/**
 * Finds a package; unpacks a ZIP into the state folder, once for each content.
 * @throws PluginHostError PACKAGE_NOT_FOUND when there is neither a folder nor a readable file, STATE_UNWRITABLE
 */
export async function openPackage(given: string, { stateDir }: { stateDir: string }): Promise<OpenedPackage> {
  const { root: found, isFolder } = await find(given);
  if (isFolder) return { package: { path: given, root: found, kind: 'folder', sizeBytes: 0 }, problems: [] };
  const { unpackZip } = await import('./unpack-zip.ts'); // with its part of node:crypto, 7 ms of a start
  const unpacked = await unpackZip(found, stateDir);
  if (Array.isArray(unpacked)) {
    return { package: undefined, problems: unpacked.map((fault) => describe(given, fault)) };
  }
  const { sizeBytes } = unpacked;
  const root = await realpath(unpacked.root);
  return { package: { path: given, root, kind: 'zip', sizeBytes }, problems: [] };
}

async function find(given: string): Promise<{ root: string; isFolder: boolean }> {
  const hint = 'Give the folder of the plugin, the one that holds MANIFEST, or its ZIP.';
  let root: string;
  let stats;
  try {
    root = await realpath(given);
    stats = await stat(root);
  } catch (cause) {
    throw new PluginHostError('PACKAGE_NOT_FOUND', `${given}: there is no such folder or file (${systemCode(cause)})`, {
      hint,
      cause,
    });
  }
  if (stats.isDirectory() || stats.isFile()) return { root, isFolder: stats.isDirectory() };
  throw new PluginHostError('PACKAGE_NOT_FOUND', `${given}: is neither a folder nor a file`, { hint });
}

const hints: Partial<Record<RefusalCode, string>> = {
  ZIP_TOO_LARGE: 'Leave out what the plugin does not need at run time.',
  PATH_ESCAPES: 'Pack the files of the plugin themselves, with names relative to its folder.',
};

function describe(given: string, { code, entry, what }: ZipFault): Problem<RefusalCode> {
  const isManifest = path.basename(given) === 'MANIFEST';
  const hint = isManifest
    ? 'Give the folder, not the file in it.'
    : 'Pack the folder again, or give the folder itself.';
  const where = entry === undefined ? given : `${given}: the entry ${JSON.stringify(entry.slice(0, 200))}`;
  const message = entry === undefined ? `${where}: ${what}` : `${where} ${what}`;
  return { level: 'error', code, message, hint: hints[code] ?? hint, file: null, line: null };
}
