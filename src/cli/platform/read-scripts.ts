import { statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { readFolder } from '../../documents/read-folder.ts';
import { type PlacedFault, readPlacedText } from '../../documents/read-placed-text.ts';

/** The text of a script as it was named, or where it is no text. */
export interface ScriptFile {
  file: string;
  text: string | PlacedFault;
}

/** Reads scripts; a folder stands for those below it. @throws PluginHostError USAGE, FILE_NOT_FOUND */
export function readScripts(paths: readonly string[]): ScriptFile[] {
  if (paths.length === 0) {
    throw new PluginHostError('USAGE', 'no script is named', { hint: 'plugin-host platform check FILE…' });
  }
  return paths.flatMap((each) => {
    if (!isFolder(each)) return [{ file: each, text: readPlacedText(each) }];
    const found = [...scriptsBelow(each)];
    if (found.length > 0) return found;
    const hint = 'A script is a JSON file with the key BackEnd.';
    throw new PluginHostError('USAGE', `${each}: there is no script in this folder`, { hint });
  });
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function* scriptsBelow(folder: string): Generator<ScriptFile> {
  for (const entry of readFolder(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') yield* scriptsBelow(file);
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const text = readPlacedText(file);
    if (typeof text === 'string' && hasBackEnd(text)) yield { file, text };
  }
}

/** One that is no JSON is a script when it looks like one. */
function hasBackEnd(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'BackEnd' in value;
  } catch {
    return /"BackEnd"\s*:/.test(text);
  }
}
