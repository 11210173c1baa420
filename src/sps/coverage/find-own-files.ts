import path from 'node:path';
import { readFolder } from '../../documents/read-folder.ts';
import { isLeftOut } from '../authoring/pack/is-left-out.ts';
import type { Language, Plugin } from '../plugin/plugin.ts';

const sources: Record<Language, RegExp> = {
  python: /\.py$/,
  typescript: /(?<!\.d)\.[cm]?[jt]s$/,
};

/** The sources of a plugin, as `pack` takes them: neither its tests nor what is installed for it. Relative to its root, with `/`, in order. */
export function findOwnFiles({ root, entryPoint, language }: Plugin): string[] {
  const below = (name: string): string[] =>
    readFolder(path.join(root, name)).flatMap((entry) => {
      const inner = name + entry.name;
      if (isLeftOut(inner, entry, { root, entryPoint, output: '' })) return [];
      if (entry.isDirectory()) return below(`${inner}/`);
      return sources[language].test(entry.name) ? [inner] : [];
    });
  return below('');
}
