import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasError, type Problem } from '../../../base/problem.ts';
import { makeTemporaryFolder } from '../../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../../process/folders/remove-folder.ts';
import { type CheckOptions, checkPlugin } from '../../check/check-plugin.ts';
import { checkPackage } from '../../package/check-package.ts';
import { openPackage } from '../../package/open-package.ts';
import { maxZipBytes } from '../../package/zip-content.ts';
import { addDependencies, type BroughtAlong } from './add-dependencies.ts';
import { collectFiles } from './collect-files.ts';
import { compareWithPluginv } from './compare-with-pluginv.ts';
import { findLeftOutImports } from './find-left-out-imports.ts';
import { findSdk, sdkRefused } from './find-sdk.ts';
import { isExcluded, isLeftOut } from './is-left-out.ts';
import type { PackOptions } from './pack-options.ts';
import { compareNames, packError, type PackedFile, packWarning } from './packed-file.ts';
import { writeZip } from './write-zip.ts';

export interface PackReport {
  ok: boolean;
  /** Null when nothing was written. */
  file: string | null;
  sizeBytes: number;
  sha256: string | null;
  /** How many. */
  files: number;
  /** The five largest files and folders of the root. */
  largest: { path: string; sizeBytes: number }[];
  dependencies: BroughtAlong | null;
  /** What was left out, folders with `/`. */
  leftOut: string[];
  problems: Problem[];
}

/**
 * Makes the ZIP for upload. If there is an error, nothing is written, and an earlier ZIP with the name stays.
 * @throws PluginHostError PACKAGE_NOT_FOUND, PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, INDEX_UNREACHABLE
 */
export async function packPlugin(folder: string, options: PackOptions): Promise<PackReport> {
  const temporary = makeTemporaryFolder();
  try {
    return await pack(folder, temporary, options);
  } finally {
    removeFolder(temporary);
  }
}

async function pack(given: string, temporary: string, options: PackOptions): Promise<PackReport> {
  const { package: opened, problems: faults } = await openPackage(given, { stateDir: temporary });
  if (opened?.kind !== 'folder') {
    const hint = 'Give the folder of the plugin.';
    return refused([...faults, packError('ZIP_INVALID', `${given}: only a folder can be packed`, hint)]);
  }
  const { fields, language, problems } = await checkPackage(opened, { ...options, strict: false });
  if (fields === undefined || language === undefined || hasError(problems)) return refused(problems);
  const { root } = opened;
  const { exclude = [] } = options;
  const { name, version, entryPoint = 'main.py' } = fields;
  const fileName = `${name}-${version}.zip`.replace(/[^\w.+~-]/g, '_');
  const shown = options.output ?? path.join(given, 'dist', fileName);
  const output = path.join(realParent(path.resolve(shown)), path.basename(shown));
  const own = await collectFiles({
    root,
    isLeftOut: (file, entry) => isLeftOut(file, entry, { root, entryPoint, output, exclude }),
  });
  const along = await addDependencies({ root, language, temporary, host: options });
  const sdk = findSdk(own.files.map((file) => file.name));
  const clashes = [...findDoubles(own.files, along.files), ...(sdk === undefined ? [] : [sdkRefused(sdk)])];
  const differences =
    language === 'python' ? compareWithPluginv(own.files, entryPoint, own.leftOut, hasOwnSetup(root)) : [];
  const files = [...own.files, ...along.files].sort((left, right) => compareNames(left.name, right.name));
  const missed = await findLeftOutImports(own.files, own.leftOut, files, (file) => isExcluded(file, exclude));
  const all = [...problems, ...own.problems, ...along.problems, ...clashes, ...differences, ...missed];
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const about = { files: files.length, largest: findLargest(files), dependencies: along.brought, leftOut: own.leftOut };
  if (hasError(all)) return { ...refused(all), ...about };
  if (sizeBytes >= maxZipBytes) return { ...refused([...all, tooLarge(sizeBytes)]), ...about };
  const zip = await writeZip(files);
  if (zip.length >= maxZipBytes) return { ...refused([...all, tooLarge(zip.length)]), ...about };
  const unfinished = path.join(temporary, fileName);
  await writeFile(unfinished, zip);
  const later = await checkZip(
    unfinished,
    { shown, temporary, obstacle: along.obstacle, missed, origin: opened },
    options,
  );
  const known = new Set(all.map(({ code, file, line }) => `${code} ${file ?? ''} ${line ?? ''}`));
  const found = later.filter(({ code, file, line }) => !known.has(`${code} ${file ?? ''} ${line ?? ''}`));
  if (hasError(found)) return { ...refused([...all, ...found]), ...about };
  await moveTo(output, unfinished);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  return { ok: true, file: shown, sizeBytes: zip.length, sha256, ...about, problems: [...all, ...found] };
}

interface Packing extends Required<Pick<CheckOptions, 'origin'>> {
  /** Path of the ZIP, as the user gave it. */
  shown: string;
  temporary: string;
  /** Why what was packed cannot be imported here. */
  obstacle: string | undefined;
  /** Imports of files that were left out. */
  missed: readonly Problem[];
}

/** Everything that `check` says about what was packed, with its dependencies. */
async function checkZip(
  zip: string,
  { shown, temporary, obstacle, missed, origin }: Packing,
  options: PackOptions,
): Promise<Problem[]> {
  options.onStep('checking what was packed');
  const mayImport = options.mayImport && obstacle === undefined;
  const { problems } = await checkPlugin(zip, { ...options, origin, stateDir: temporary, strict: false, mayImport });
  const named = problems.map((problem) => {
    const message = problem.message.replaceAll(zip, shown);
    if (problem.code !== 'IMPORT_FAILED') return { ...problem, message };
    return {
      ...problem,
      message: `${message} (--no-import packs it anyway)`,
      hint: hintOnImport(problem, missed),
    };
  });
  if (obstacle === undefined || !options.mayImport) return named;
  const hint = 'Import it with such an interpreter (--python), or try the plugin on the appliance.';
  return [...named, packWarning('IMPORT_SKIPPED', `what was packed is not imported: ${obstacle}`, hint)];
}

function hintOnImport({ file, line, hint }: Problem, missed: readonly Problem[]): string {
  return missed.find((each) => each.file === file && each.line === line)?.hint ?? hint;
}

/** `pluginv` leaves a setup.py in the folder, with all packages and the entry point. */
function hasOwnSetup(root: string): boolean {
  const file = path.join(root, 'setup.py');
  return existsSync(file) && !readFileSync(file, 'utf8').includes('Auto generated by pluginv');
}

function refused(problems: Problem[]): PackReport {
  const nothing = { file: null, sizeBytes: 0, sha256: null, files: 0, largest: [], dependencies: null, leftOut: [] };
  return { ok: false, ...nothing, problems };
}

function tooLarge(sizeBytes: number): Problem {
  const message = `the ZIP must be smaller than ${maxZipBytes} bytes, it would have ${sizeBytes}`;
  return packError(
    'ZIP_TOO_LARGE',
    message,
    'Leave out what the plugin does not need at run time; see the largest parts.',
  );
}

function findDoubles(own: readonly PackedFile[], brought: readonly PackedFile[]): Problem[] {
  const names = new Set(own.map(({ name }) => name));
  const both = brought.filter(({ name }) => names.has(name)).map(({ name }) => name);
  if (both.length === 0) return [];
  const message = `${both.slice(0, 3).join(', ')}: in the folder of the plugin and in a dependency`;
  return [packError('DEPENDENCIES_INVALID', message, 'Remove it from one of them.', both[0] ?? null)];
}

function findLargest(files: readonly PackedFile[]): PackReport['largest'] {
  const parts = Map.groupBy(files, ({ name }) => /^(?:node_modules\/(?:@[^/]+\/)?)?[^/]+\/?/.exec(name)?.[0] ?? name);
  return [...parts]
    .map(([part, inside]) => ({ path: part, sizeBytes: inside.reduce((sum, file) => sum + file.sizeBytes, 0) }))
    .sort((left, right) => right.sizeBytes - left.sizeBytes || compareNames(left.path, right.path))
    .slice(0, 5);
}

/** The folder of a file with symbolic links resolved, as far as it exists. */
function realParent(file: string): string {
  const parent = path.dirname(file);
  return existsSync(parent) ? realpathSync(parent) : path.join(realParent(parent), path.basename(parent));
}

/** Never in part: it may go to another file system. */
async function moveTo(output: string, from: string): Promise<void> {
  await mkdir(path.dirname(output), { recursive: true });
  const unfinished = `${output}.${process.pid}.tmp`;
  try {
    await copyFile(from, unfinished);
    await rename(unfinished, output);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
