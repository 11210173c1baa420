import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readScript } from '../../../src/platform/script/read-script.ts';
import { operationsOf } from '../../../src/platform/script/script.ts';

/** A checkout of the vendor's repository of scripts, or a folder with them. */
export const scriptsFolder = process.env['PLUGIN_HOST_PLATFORM_SCRIPTS'];

let files: ReadonlyMap<string, string> | undefined;

function scriptFiles(): ReadonlyMap<string, string> {
  const folder = scriptsFolder ?? '';
  files ??= new Map(
    globSync('**/*.json', { cwd: folder }).map((file) => [path.basename(file, '.json'), path.resolve(folder, file)]),
  );
  return files;
}

/** The file of a published script. @throws Error when it is not in the folder */
export function findScript(name: string): string {
  const file = scriptFiles().get(name);
  if (file === undefined) throw new Error(`${name}.json is not in ${scriptsFolder ?? ''}`);
  return file;
}

/** The names of the operations of each script. */
export function scriptOperations(): ReadonlyMap<string, readonly string[]> {
  const read = [...scriptFiles()].map(([name, file]) => {
    const { script } = readScript(readFileSync(file, 'utf8'));
    return [name, script === undefined ? [] : operationsOf(script).map((operation) => operation.name)] as const;
  });
  return new Map(read.filter(([, operations]) => operations.length > 0));
}
