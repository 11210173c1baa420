import { readdir } from 'node:fs/promises';
import path from 'node:path';

const maxFolders = 100;

/** Advice for a package without a MANIFEST in its root: where one was found instead. */
export async function findManifestElsewhere(root: string, names: string[]): Promise<string> {
  const similar = names.find((name) => /^manifest(\.(ya?ml|txt))?$/i.test(name));
  if (similar !== undefined)
    return `There is a file ${similar}: its name must be MANIFEST, in capitals and without extension.`;
  for (const name of names.slice(0, maxFolders)) {
    const inside: string[] = await readdir(path.join(root, name)).catch(() => []);
    if (inside.includes('MANIFEST')) {
      return `There is one in the folder ${name}: the files of the plugin must be in the root of the package, not in a folder.`;
    }
  }
  return 'Add a file MANIFEST with name, type, version, api, description and entry_point, or name the folder of the plugin.';
}
