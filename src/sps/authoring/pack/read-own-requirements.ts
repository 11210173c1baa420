import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { readTextOf } from '../../../documents/decode-text.ts';
import type { Requirements } from '../python/installation.ts';
import { readDependencies } from './read-dependencies.ts';

/** What `pack` would fetch for the plugin in a folder; undefined when it needs nothing. @throws PluginHostError DEPENDENCIES_UNINSTALLABLE */
export function readOwnRequirements(root: string): Requirements | undefined {
  const dependencies = readDependencies(root);
  if (dependencies === undefined) return undefined;
  const { source, lines, isLocked, problems } = dependencies;
  const [problem] = problems;
  if (problem !== undefined) {
    throw new PluginHostError('DEPENDENCIES_UNINSTALLABLE', problem.message, { hint: problem.hint });
  }
  if (lines !== null) return { source, file: null, text: lines.map((line) => `${line}\n`).join(''), isLocked };
  const file = path.resolve(root, source);
  return { source, file, text: readTextOf(file), isLocked };
}
