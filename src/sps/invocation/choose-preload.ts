import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { preloadModules } from './preload-modules.ts';

/** Of our own shim, when a hook's parameters are not plain or it raises. */
const ownModules = ['inspect', 'traceback'];

/** Above these, all modules are preloaded: reading the plugin would take longer than that. */
const mostFiles = 64;
const mostBytes = 1024 * 1024;

const importStatement =
  /^[ \t]*(?:import[ \t]+(?<modules>[^\n#;]+)|from[ \t]+(?<from>[\w.]+)[ \t]+import[ \t]+(?<parts>\([^)]*\)|[^\n#;]+))/gm;

/**
 * Which modules a fork server of this plugin imports ahead: of `preloadModules` those that its files import by name. The rest would cost time at the start of
 * every server; a call that needs one after all imports it itself.
 * @param root Of a plugin in Python
 */
export function choosePreload(root: string): readonly string[] {
  const named = findImportedBelow(root);
  return named === undefined
    ? preloadModules
    : preloadModules.filter((name) => named.has(name) || ownModules.includes(name));
}

/** Names of the modules that the sources of a folder import; undefined when they are too many to be read, or one cannot be looked at. */
export function findImportedBelow(root: string): Set<string> | undefined {
  const named = new Set<string>();
  let bytes = 0;
  const files = findSources(root);
  if (files === undefined) return undefined;
  for (const file of files) {
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > mostBytes) return undefined;
    for (const name of findImported(readText(file))) named.add(name);
  }
  return named;
}

/** Names of the modules that a source may import, `from` lists included: what is no module is in no list of ours. */
export function findImported(source: string): Set<string> {
  const found = new Set<string>();
  for (const { groups: { modules, from, parts } = {} } of source.matchAll(importStatement)) {
    for (const each of modules?.split(',') ?? []) found.add(each.trim().split(/\s/)[0] ?? '');
    if (from === undefined) continue;
    found.add(from);
    for (const each of parts?.split(/[\s,()]+/) ?? []) found.add(`${from}.${each}`);
  }
  // What any module of the SDK brings in.
  if ([...found].some((name) => /^safeguard(?:\.|$)/.test(name))) found.add('safeguard.sessions.plugin');
  return found;
}

/** Undefined when there are too many, or one cannot be looked at. */
function findSources(root: string): string[] | undefined {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readFolder(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.')) folders.push(file);
      else if (entry.name.endsWith('.py') && entry.isFile()) files.push(file);
      if (files.length + folders.length > mostFiles) return undefined;
    }
  }
  return files;
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1'); // names of modules are ASCII
  } catch {
    return '';
  }
}
