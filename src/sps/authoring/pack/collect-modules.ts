import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../../base/problem.ts';
import { tryReadText } from '../../../documents/decode-text.ts';
import { collectFiles } from './collect-files.ts';
import type { CollectedPackages } from './collect-packages.ts';
import { packError, packWarning, textFile } from './packed-file.ts';
import { type PackageFacts, renderLicenses } from './render-licenses.ts';

interface PackageJson {
  version?: unknown;
  license?: unknown;
  homepage?: unknown;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Versions by place, from package-lock.json. */
type Lock = Record<string, { version?: string }> | undefined;

/**
 * What a TypeScript plugin depends on, from its own node_modules: the packages under `dependencies` and theirs, at the places where
 * Node looks for them. They are copied, not bundled: the files keep their names in tracebacks and their licences beside them, and
 * packing needs no other tool.
 */
export async function collectModules(root: string): Promise<CollectedPackages> {
  const collected: CollectedPackages = { files: [], leftOut: [], problems: [], packages: [] };
  const own = readJson(path.join(root, 'package.json'));
  if (own === undefined) return collected;
  if (typeof own === 'string') {
    collected.problems.push(invalid(`package.json: ${own}`, 'Fix the file; it is JSON.'));
    return collected;
  }
  const lock = readJson(path.join(root, 'package-lock.json')) as { packages?: Lock } | string | undefined;
  const locked = typeof lock === 'object' ? lock.packages : undefined;
  const queue = wantedBy('', own);
  const taken = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const place = findPlace(root, next.from, next.name);
    if (place === undefined) {
      if (!next.isOptional) collected.problems.push(missing(next.name));
    } else if (!taken.has(place)) {
      taken.add(place);
      queue.push(...wantedBy(place, await takePackage(root, place, locked, collected)));
    }
  }
  if (taken.size > 0 && locked === undefined) collected.problems.push(unlocked(collected.packages));
  if (taken.size > 0) collected.files.push(textFile('3rdparty-licenses.txt', renderLicenses(collected.packages)));
  return collected;
}

interface Wanted {
  name: string;
  /** Place of the package that depends on it, empty for the plugin. */
  from: string;
  isOptional: boolean;
}

function wantedBy(from: string, { dependencies, optionalDependencies, peerDependencies }: PackageJson): Wanted[] {
  const names = (of: Record<string, string> | undefined, isOptional: boolean): Wanted[] =>
    Object.keys(of ?? {}).map((name) => ({ name, from, isOptional }));
  const optional = new Set(Object.keys(optionalDependencies ?? {})); // npm lists them in both
  return [
    ...names(dependencies, false).map((wanted) => ({ ...wanted, isOptional: optional.has(wanted.name) })),
    ...names(optionalDependencies, true),
    ...names(from === '' ? {} : peerDependencies, true),
  ];
}

/** Where Node finds a package: in the nearest node_modules upwards, relative to the root. */
function findPlace(root: string, from: string, name: string): string | undefined {
  for (let folder = from; ;) {
    const place = path.posix.join(folder, 'node_modules', name);
    if (existsSync(path.join(root, place, 'package.json'))) return place;
    if (folder === '') return undefined;
    const above = folder.lastIndexOf('node_modules/');
    folder = above <= 0 ? '' : folder.slice(0, above - 1);
  }
}

async function takePackage(
  root: string,
  place: string,
  lock: Lock,
  collected: CollectedPackages,
): Promise<PackageJson> {
  const folder = path.join(root, place);
  const own = readJson(path.join(folder, 'package.json'));
  if (typeof own !== 'object') {
    collected.problems.push(invalid(`${place}/package.json: ${own ?? 'is missing'}`, 'Install again: npm ci.'));
    return {};
  }
  if (realpathSync(folder) !== folder) {
    const what = `${place}: a symbolic link, which a ZIP cannot have`;
    collected.problems.push(packError('PATH_ESCAPES', what, 'Install with npm, which copies packages: npm ci.', place));
    return {};
  }
  const version = String(own.version);
  const expected = lock?.[place]?.version;
  if (lock !== undefined && expected !== version) {
    const what = `${place} has version ${version}, package-lock.json has ${expected ?? 'none'}`;
    collected.problems.push(invalid(what, 'Install the locked versions: npm ci.'));
  }
  const { files, problems } = await collectFiles({
    root: folder,
    prefix: `${place}/`,
    isLeftOut: (name) => /^(?:node_modules|\.bin|\.cache|\.git)$/.test(path.posix.basename(name)),
  });
  collected.files.push(...files);
  collected.problems.push(...problems);
  collected.packages.push(factsOf(place, own));
  return own;
}

function factsOf(place: string, { version, license, homepage }: PackageJson): PackageFacts {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return { name, version: text(version), homePage: text(homepage), license: text(license), licenseField: 'License' };
}

/** What is wrong with it; undefined when it is missing. */
function readJson(file: string): PackageJson | string | undefined {
  if (!existsSync(file)) return undefined;
  const read = tryReadText(file, path.basename(file));
  if ('fault' in read) return read.fault;
  try {
    const value: unknown = JSON.parse(read.text);
    return typeof value === 'object' && value !== null ? value : 'is not an object';
  } catch (error) {
    return (error as Error).message;
  }
}

function invalid(message: string, hint: string): Problem {
  return packError('DEPENDENCIES_INVALID', message, hint, 'package.json');
}

function missing(name: string): Problem {
  const hint = 'Install what package.json names, in the folder of the plugin: npm ci, or npm install.';
  return packError('DEPENDENCY_MISSING', `package.json: ${name} is not in node_modules`, hint, 'package.json');
}

function unlocked(packages: readonly PackageFacts[]): Problem {
  const names = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  const what = `package.json: there is no package-lock.json, so another installation may give other versions than ${names}`;
  return packWarning('DEPENDENCY_UNLOCKED', what, 'Write one: npm install, and commit it.');
}
