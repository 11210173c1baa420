import { constants, type Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../manifest/read-package-file.ts';
import { parseEntryName } from '../../package/parse-entry-name.ts';
import { type Collected, compareNames, packError } from './packed-file.ts';

export interface CollectOptions {
  /** Absolute, symbolic links resolved. */
  root: string;
  /** Before the names in the ZIP, ends in `/`; default empty. */
  prefix?: string;
  /** By name relative to the root. */
  isLeftOut: (name: string, entry: Dirent) => boolean | Promise<boolean>;
}

interface Place {
  folder: string;
  /** Relative to the root, empty or ending in `/`. */
  name: string;
  /** Real paths of the folders above and of this one, for links that lead back. */
  trail: readonly string[];
}

/**
 * The files below a folder. Links that stay inside are followed, because the archive cannot have links. A link that leads outside, and what is neither
 * file nor folder, are problems.
 */
export async function collectFiles(options: CollectOptions): Promise<Collected> {
  const collected: Collected = { files: [], leftOut: [], problems: [] };
  await walk({ folder: options.root, name: '', trail: [options.root] }, options, collected);
  return collected;
}

async function walk(place: Place, options: CollectOptions, collected: Collected): Promise<void> {
  const entries = await readdir(place.folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => compareNames(left.name, right.name))) {
    const name = place.name + entry.name;
    if (await options.isLeftOut(name, entry)) collected.leftOut.push(entry.isDirectory() ? `${name}/` : name);
    else await take(name, { ...place, folder: path.join(place.folder, entry.name) }, options, collected);
  }
}

/** @param place Its folder is the path to take the files from. */
async function take(
  name: string,
  { folder: file, trail }: Place,
  options: CollectOptions,
  collected: Collected,
): Promise<void> {
  const { root, prefix = '' } = options;
  const refuse = (code: 'PATH_ESCAPES' | 'ZIP_INVALID', what: string, hint: string): void => {
    collected.problems.push(packError(code, `${prefix}${name}: ${what}`, hint, prefix + name));
  };
  const parsed = parseEntryName(prefix + name);
  if ('code' in parsed) {
    collected.problems.push(packError(parsed.code, `${JSON.stringify(name)} ${parsed.what}`, 'Give it another name.'));
    return;
  }
  const target = await realpath(file).catch((error: unknown) => ({ failed: systemCode(error) }));
  if (typeof target !== 'string') {
    refuse('PATH_ESCAPES', `a symbolic link that leads nowhere (${target.failed})`, 'Remove it.');
    return;
  }
  if (!`${target}${path.sep}`.startsWith(root + path.sep)) {
    const what = 'a symbolic link that leads out of the folder';
    refuse('PATH_ESCAPES', what, 'Put the file itself into the folder of the plugin.');
    return;
  }
  const stats = await stat(target);
  if (stats.isFile()) {
    collected.files.push({
      name: prefix + name,
      sizeBytes: stats.size,
      isExecutable: (stats.mode & constants.S_IXUSR) !== 0,
      read: () => readFile(target),
    });
  } else if (!stats.isDirectory()) {
    refuse('ZIP_INVALID', 'is neither a file nor a folder', 'Remove it from the folder of the plugin.');
  } else if ((await lstat(file)).isSymbolicLink() && trail.includes(target)) {
    refuse('PATH_ESCAPES', 'a symbolic link to a folder that contains it', 'Remove it.');
  } else {
    await walk({ folder: file, name: `${name}/`, trail: [...trail, target] }, options, collected);
  }
}
