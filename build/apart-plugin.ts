import type { Plugin } from 'esbuild';

/**
 * Leaves a file that is imported when it is needed to a bundle of its own, beside this one. In the same bundle, what it shares with others would become
 * small files that each of them reads at every start.
 * @param file As it is imported
 * @param bundle Its name without an ending
 */
export function apartPlugin(file: RegExp, bundle: string): Plugin {
  return {
    name: 'apart',
    setup(bundler) {
      bundler.onResolve({ filter: file }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${bundle}.js`, external: true } : undefined,
      );
    },
  };
}
