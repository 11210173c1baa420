import { createHash } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { makeStateFolder, requireTrusted } from '../../state/make-state-folder.ts';
import { removeAbandoned, temporaryName } from '../../state/remove-abandoned.ts';
import { systemCode } from '../manifest/read-package-file.ts';
import { markUsed, removeUnused } from './remove-unused.ts';
import type { ZipContent, ZipFault } from './zip-content.ts';

interface UnpackOptions {
  /** Goes into the name of the folder, so that the same archive that is unpacked in another way has another one. */
  format: string;
  /** Its files cannot be written. */
  isReadOnly: boolean;
}

/**
 * Unpacks an archive into the state folder, once for each content: `packages/<SHA-256 of format and content>/`. Gives the folder, or what is
 * wrong with the archive. @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export async function unpackOnce(
  bytes: Buffer,
  stateDir: string,
  { format, isReadOnly }: UnpackOptions,
): Promise<string | ZipFault[]> {
  const hash = createHash('sha256').update(format).update(bytes).digest('hex');
  const root = path.resolve(stateDir, 'packages', hash);
  requireTrusted([path.resolve(stateDir), path.dirname(root), root]); // what is unpacked there is run without a further check
  const there = await lstat(root).catch(() => undefined);
  if (there?.isDirectory()) {
    await markUsed(root, there);
    return root;
  }
  // Only here: a package that is a folder, or is unpacked already, need not wait for it.
  const { readZip } = await import('./read-zip.ts');
  const content = await readZip(bytes);
  if (Array.isArray(content)) return content;
  await writeOnce(content, makeStateFolder(path.resolve(stateDir), 'packages'), root, isReadOnly);
  return root;
}

/** Writes beside the target and renames: the target is always complete, even when several processes do this at once. */
async function writeOnce(content: ZipContent, packages: string, root: string, isReadOnly: boolean): Promise<void> {
  try {
    await removeAbandoned(packages);
    const temporary = path.join(packages, temporaryName(path.basename(root)));
    try {
      await writeContent(content, temporary, isReadOnly);
      await rename(temporary, root);
      await removeUnused(packages).catch(() => undefined); // the next one tries again
    } catch (error) {
      // Another process was faster; its content is the same.
      if (!(await isFolder(root))) throw error;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (cause) {
    const hint = 'Check the permissions of the folder and the space left, or name another folder with --state.';
    const message = `${packages}: the ZIP cannot be unpacked there (${systemCode(cause)})`;
    throw new PluginHostError('STATE_UNWRITABLE', message, { hint, cause });
  }
}

async function writeContent({ folders, files }: ZipContent, target: string, isReadOnly: boolean): Promise<void> {
  await mkdir(target, { mode: 0o700 });
  const parents = [...folders, ...files.map(({ segments }) => segments.slice(0, -1))];
  for (const folder of new Set(parents.map((segments) => path.join(target, ...segments)))) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  for (const { segments, bytes, isExecutable } of files) {
    const mode = (isExecutable ? 0o700 : 0o600) & (isReadOnly ? 0o500 : 0o700); // no permissions for others, whatever the archive says
    await writeFile(path.join(target, ...segments), bytes, { flag: 'wx', mode });
  }
}

async function isFolder(candidate: string): Promise<boolean> {
  return lstat(candidate).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
