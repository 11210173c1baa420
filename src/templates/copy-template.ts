import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PluginHostError } from '../base/plugin-host-error.ts';

/** The root of this package, where `templates` and `dist` are. */
export function packageFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('plugin-host/package.json'));
}

/**
 * Puts the files of a template into a folder that does not exist or is empty.
 * @param template Name of its folder in `templates`; what is there works where it is
 * @param names What stands in the place of each placeholder, in texts and in names of files
 * @returns The files, relative to the folder
 * @throws PluginHostError FOLDER_NOT_EMPTY
 */
export function copyTemplate(folder: string, template: string, names: Readonly<Record<string, string>>): string[] {
  requireEmpty(folder);
  mkdirSync(folder, { recursive: true });
  const source = path.join(packageFolder(), 'templates', template);
  const fill = (text: string): string =>
    Object.entries(names).reduce((all, [placeholder, name]) => all.replaceAll(placeholder, () => name), text);
  const files = listFiles(source);
  for (const file of files) {
    const text = fill(readFileSync(path.join(source, file), 'utf8'));
    const target = path.join(folder, fill(file));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: 'wx' }); // never overwrites what somebody put there meanwhile
  }
  return files.map(fill).sort();
}

/** Not the state folder of somebody who tried the template, and not what Python compiled then. */
const notOurs = /^(?:\.plugin-host|__pycache__)$/;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    if (!entry.isDirectory() || notOurs.test(entry.name)) return [];
    return listFiles(path.join(folder, entry.name)).map((file) => path.join(entry.name, file));
  });
}

function requireEmpty(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const hint = 'Name a folder that does not exist yet, or an empty one. Nothing was written.';
  if (!stats.isDirectory()) throw new PluginHostError('FOLDER_NOT_EMPTY', `${folder}: is not a folder`, { hint });
  const [first, ...others] = readdirSync(folder).sort();
  if (first === undefined) return;
  const what = others.length === 0 ? first : `${first} and ${others.length} more`;
  throw new PluginHostError('FOLDER_NOT_EMPTY', `${folder}: the folder is not empty; it contains ${what}`, { hint });
}
