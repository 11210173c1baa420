import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';

/**
 * Puts compiled validators in the place of the files that compile them: nothing is compiled at a start, and of Ajv the bundles hold
 * only what a compiled validator calls.
 * @param resolveDir where imports of the compiled code are looked for
 */
export function validatorsPlugin(resolveDir: string): Plugin {
  return {
    name: 'validators',
    setup(bundler) {
      bundler.onLoad({ filter: /-validator\.ts$/ }, async ({ path: file }) => {
        const { ajv } = (await import(file)) as { ajv: Ajv };
        return { contents: standaloneCode.default(ajv, { validate: 'schema' }), loader: 'js', resolveDir };
      });
    },
  };
}
