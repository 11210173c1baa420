import type { Plugin } from 'esbuild';

/**
 * Leaves out the native parts that a library takes when they are there (ssh2: faster ciphers): they are built on the machine that installs
 * them, and the bundle is the same for all. The library is told that there are none.
 */
export const withoutNativePlugin: Plugin = {
  name: 'without-native',
  setup(bundler) {
    bundler.onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path: name }) => ({ path: name, namespace: 'native' }));
    bundler.onLoad({ filter: /./, namespace: 'native' }, () => ({ contents: "throw new Error('left out');" }));
  },
};
