import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Takes Node's modules as `require` would, in our files and in those of the libraries. An ESM import of one reads all its exports, and
 * with `process`, `util` or `stream` that loads a score of others: 15 ms at every start.
 */
export const builtinsPlugin: Plugin = {
  name: 'builtins',
  setup(bundler) {
    bundler.onLoad({ filter: /\.(?:ts|js|mjs)$/ }, async ({ path: file }) => ({
      contents: requireBuiltins(await readFile(file, 'utf8')),
      loader: file.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};

/** An import as this house and the libraries write it; one that is written otherwise stays as it is, and only costs its time. */
const importOfBuiltin = /^import (?!type )(?:(\w+)|\* as (\w+))?,?\s*(?:\{([^}]*)\})?\s*from '(node:[^']+)';$/gm;

/** A module without its imports of Node's modules, line for line, so that source maps stay true. */
export function requireBuiltins(module: string): string {
  return module.replace(importOfBuiltin, toDeclarations);
}

function toDeclarations(
  statement: string,
  own: string | undefined,
  all: string | undefined,
  names: string | undefined,
  name: string,
): string {
  const module = `globalThis.process.getBuiltinModule('${name}')`; // a module may call its own import process
  const whole = [own, all].filter((each) => each !== undefined).map((each) => `const ${each} = ${module};`);
  const picked = (names ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '))
    .map((each) => each.replace(' as ', ': '));
  const declarations = picked.length > 0 ? [...whole, `const { ${picked.join(', ')} } = ${module};`] : whole;
  return declarations.join(' ') + statement.replace(/[^\n]/g, '');
}
