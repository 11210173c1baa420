import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../base/problem.ts';
import { preloadedNames } from '../invocation/preload-modules.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** Modules in the plugin's root that are preferred to preloaded ones of the same name, as on the appliance; it costs the time that these save. */
export function checkShadows({ language, root }: Pick<Plugin, 'language' | 'root'>): Problem[] {
  if (language !== 'python') return [];
  const modules = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return existsSync(path.join(root, entry.name, '__init__.py')) ? [entry.name] : [];
    return /\.(py|so)$/.test(entry.name) ? [entry.name.slice(0, entry.name.indexOf('.'))] : [];
  });
  const shadows = modules.filter((name) => preloadedNames.has(name)).sort();
  if (shadows.length === 0) return [];
  return [
    {
      level: 'warning',
      code: 'SHADOWS_PRELOAD',
      message: `${shadows.join(', ')}: the plugin brings modules of these names, which win over those of the standard library and the SDK`,
      hint: 'Nothing is wrong if that is meant; each call then imports them anew, and what is built on them.',
      file: null,
      line: null,
    },
  ];
}
