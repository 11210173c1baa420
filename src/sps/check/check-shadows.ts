import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../base/problem.ts';
import { preloadedNames } from '../invocation/preload-modules.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** Modules in the plugin's root that replace preloaded ones of the same name, as on the appliance. The time that preloading saves is lost. */
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
      hint: 'This is fine if it is intended; each call then imports them again, with everything that is built on them.',
      file: null,
      line: null,
    },
  ];
}
