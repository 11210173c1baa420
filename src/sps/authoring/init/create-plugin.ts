import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { type PluginTemplate, templateFolder } from './plugin-templates.ts';

/** In the templates, the place for the name of the plugin. */
const placeholder = /New_Plugin/g;

/** Source: Plugin SDK 1.9.1, manifest module: an ASCII letter, then one or more letters, digits or underscores. */
const nameFormat = /^[A-Za-z][A-Za-z0-9_]+$/;

/** The name for the MANIFEST: as given, else made from the name of the folder. @throws PluginHostError USAGE */
export function choosePluginName(folder: string, given: string | undefined): string {
  const base = path.basename(path.resolve(folder));
  const name =
    given ??
    base
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== '')
      .join('_');
  if (nameFormat.test(name)) return name;
  const where =
    given === undefined ? `the folder ${JSON.stringify(base)} does not give a valid name for a plugin` : '--name';
  const expected = 'a name is a letter, then one or more letters, digits or underscores, all of them ASCII';
  throw new PluginHostError('USAGE', `${where}: ${expected}; got ${JSON.stringify(name)}`, {
    hint: 'Name the plugin with --name, such as --name Acme_Otp.',
  });
}

/**
 * Puts a new plugin into a folder that does not exist or is empty.
 * @returns Its files, by name
 * @throws PluginHostError FOLDER_NOT_EMPTY
 */
export function createPlugin(folder: string, template: PluginTemplate, name: string): string[] {
  requireEmpty(folder);
  mkdirSync(folder, { recursive: true });
  const source = templateFolder(template);
  const entries = readdirSync(source, { withFileTypes: true });
  const files = entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort(); // not a state folder of somebody who tried the template
  for (const file of files) {
    const text = readFileSync(path.join(source, file), 'utf8').replace(placeholder, name);
    writeFileSync(path.join(folder, file), text, { flag: 'wx' }); // never overwrites what somebody put there meanwhile
  }
  return files;
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
