/** Builds dist: one flat folder of bundled entries, shared chunks, the child-side shims, and the declarations. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { scenarioSchema } from './src/sps/simulation/scenario-schema.ts';
import { sessionExportSchema } from './src/sps/store/session-export-schema.ts';
import { projectSchema } from './src/sps/surroundings/project-schema.ts';
import { testFileSchema } from './src/sps/testing/test-file-schema.ts';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');

/** Puts compiled validators in the place of the files that compile them. */
const validators: Plugin = {
  name: 'validators',
  setup(bundler) {
    bundler.onLoad({ filter: /-validator\.ts$/ }, async ({ path: file }) => {
      const { ajv } = (await import(file)) as { ajv: Ajv };
      return { contents: standaloneCode.default(ajv, { validate: 'schema' }), loader: 'js', resolveDir: root };
    });
  },
};

/**
 * Takes Node's modules as `require` would. An ESM import of one reads all its exports, and with `process`, `util` or `stream`
 * that loads a score of others: 15 ms at every start.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup(bundler) {
    bundler.onLoad({ filter: /\.(?:ts|js|mjs)$/ }, async ({ path: file }) => {
      const contents = await readFile(file, 'utf8');
      return { contents: contents.replace(importOfNode, requireOfNode), loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

const importOfNode = /^import (?!type )(?:(\w+)|\* as (\w+))?,?\s*(?:\{([^}]*)\})?\s*from '(node:[^']+)';$/gm;

function requireOfNode(
  _all: string,
  own: string | undefined,
  all: string | undefined,
  names: string | undefined,
  name: string,
): string {
  const module = `globalThis.process.getBuiltinModule('${name}')`; // a module may call its own import process
  const whole = [own, all].filter((each) => each !== undefined).map((each) => `const ${each} = ${module};`);
  const values = (names ?? '').split(',').map((each) => each.trim());
  const picked = values
    .filter((each) => each !== '' && !each.startsWith('type '))
    .map((each) => each.replace(' as ', ': '));
  return [...whole, ...(picked.length > 0 ? [`const { ${picked.join(', ')} } = ${module};`] : [])].join(' ');
}

/**
 * Leaves out the native parts that a library takes when they are there (ssh2: faster ciphers): they are built on the machine that installs
 * them, and the bundle is the same for all. The library is told that there are none.
 */
const withoutNative: Plugin = {
  name: 'without-native',
  setup(bundler) {
    bundler.onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path: name }) => ({ path: name, namespace: 'native' }));
    bundler.onLoad({ filter: /./, namespace: 'native' }, () => ({ contents: "throw new Error('left out');" }));
  },
};

// The libraries are bundled: as some 300 single files they would cost 100 ms at every start.
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  plugins: [validators, builtins, withoutNative],
  metafile: true,
  legalComments: 'none',
  // What libraries written for CommonJS expect to be there.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __dirname = import.meta.dirname;",
  },
  logLevel: 'warning',
} satisfies BuildOptions;

// Apart, because what both have in common would become a dozen small files, a millisecond each at every start.
const bundles = await Promise.all([
  build({ ...options, entryPoints: { index: 'src/index.ts', vitest: 'src/vitest.ts' }, external: ['vitest'] }),
  build({ ...options, entryPoints: { kvgroup: 'src/kvgroup.ts' } }),
  build({ ...options, entryPoints: { cli: 'src/cli/main.ts' } }),
  // Runs before anything is kept compiled, so it is as small as can be.
  build({ ...options, entryPoints: { 'keep-compiled': 'src/cli/keep-compiled.ts' }, banner: {} }),
]);

// Only now, so that a command that runs meanwhile finds its files.
const written = new Set(
  bundles.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((file) => path.basename(file))),
);
for (const file of readdirSync(dist)) if (file.endsWith('.js') && !written.has(file)) rmSync(path.join(dist, file));

// Every file beside which a child-side program lies in src lies beside it in dist too, because dist is flat.
for (const file of globSync('src/**/*.{py,mjs}', { cwd: root })) {
  copyFileSync(path.join(root, file), path.join(dist, path.basename(file)));
}

// The descriptions of the plugin points are read when they are needed, beside the bundle as in src beside the file that reads them.
rmSync(path.join(dist, 'kvgroup-points'), { recursive: true, force: true });
cpSync(path.join(root, 'src/kvgroup/points/kvgroup-points'), path.join(dist, 'kvgroup-points'), { recursive: true });

// For editors.
const schemas = {
  'plugin-host': projectSchema,
  'plugin-test': testFileSchema,
  scenario: scenarioSchema,
  'session-export': sessionExportSchema,
};
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(path.join(dist, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}

const packages = new Set(
  bundles
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
);
const licenses = [...packages].sort().map((name) => {
  const folder = path.join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const file = ['LICENSE', 'license', 'LICENSE.md', 'LICENSE.txt']
    .map((each) => path.join(folder, each))
    .find(existsSync);
  const text = file === undefined ? '' : readFileSync(file, 'utf8').trim();
  return `${name} ${version ?? ''} (${license ?? 'see its own text'})\n\n${text}\n`;
});
writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licenses.join('\n---\n\n'));

execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'src'], { stdio: 'inherit' });
