import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { preloadModules } from '../../src/sps/invocation/preload-modules.ts';
import { fixture, makeFolder } from './fixture.ts';

/** The plugin that tells all of its process, in a folder of its own; it names every module that can be preloaded, so that all are. */
export function makeDumpingPlugin(): string {
  const root = path.join(makeFolder(), 'dumping');
  cpSync(fixture('dumps-its-process'), root, { recursive: true });
  writeFileSync(path.join(root, 'never_imported.py'), preloadModules.map((name) => `import ${name}\n`).join(''));
  return root;
}
