import { globSync } from 'node:fs';
import path from 'node:path';

/** A checkout of the vendor's repository of scripts, or a folder with them. */
export const scriptsFolder = process.env['PLUGIN_HOST_PLATFORM_SCRIPTS'];

let files: ReadonlyMap<string, string> | undefined;

/** The file of a published script. @throws Error when it is not in the folder */
export function findScript(name: string): string {
  const folder = scriptsFolder ?? '';
  files ??= new Map(
    globSync('**/*.json', { cwd: folder }).map((file) => [path.basename(file, '.json'), path.resolve(folder, file)]),
  );
  const file = files.get(name);
  if (file === undefined) throw new Error(`${name}.json is not in ${folder}`);
  return file;
}
