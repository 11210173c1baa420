/** Builds dist: one flat folder of bundled entries, shared chunks, the child-side shims, and the declarations. */
import { copyFileSync, cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { apartPlugin } from './build/apart-plugin.ts';
import { buildPage } from './build/build-page.ts';
import { builtinsPlugin } from './build/builtins-plugin.ts';
import { commonJsBanner } from './build/common-js-banner.ts';
import { joinChunks } from './build/join-chunks.ts';
import { renderManPage } from './build/render-man-page.ts';
import { validatorsPlugin } from './build/validators-plugin.ts';
import { withoutNativePlugin } from './build/without-native-plugin.ts';
import { writeDeclarations } from './build/write-declarations.ts';
import { writeLicenses } from './build/write-licenses.ts';
import { createCommands } from './src/cli/create-commands.ts';
import { environmentVariables } from './src/cli/environment-variables.ts';
import { projectSchema } from './src/cli/project-schema.ts';
import { platformScriptSchema } from './src/platform/schema/platform-script-schema.ts';
import { platformTestSchema } from './src/platform/testing/platform-test-schema.ts';
import { scenarioSchema } from './src/sps/simulation/scenario-schema.ts';
import { sessionExportSchema } from './src/sps/store/session-export-schema.ts';
import { testFileSchema } from './src/sps/testing/test-file-schema.ts';
import { completeSchema } from './src/targets/backends/lone-backends-schema.ts';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');

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
  plugins: [validatorsPlugin(root), builtinsPlugin, withoutNativePlugin],
  metafile: true,
  legalComments: 'none',
  banner: { js: commonJsBanner },
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Of the library, whose errors and stack traces others read: names stay, which costs no time at a start (esbuild's keepNames 2 ms), and a map
 * leads to the file and line in src. The sources are not in it: they would be three times as large.
 */
const library = {
  ...options,
  minify: false,
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
} satisfies BuildOptions;

// Apart, because what both have in common would become a dozen small files, a millisecond each at every start.
const bundles = await Promise.all([
  build({ ...library, entryPoints: { index: 'src/index.ts', vitest: 'src/vitest.ts' }, external: ['vitest'] }),
  build({ ...library, entryPoints: { kvgroup: 'src/kvgroup.ts' } }),
  build({ ...library, entryPoints: { platform: 'src/platform.ts' } }),
  build({
    ...options,
    entryPoints: { cli: 'src/cli/main.ts' },
    plugins: [...options.plugins, apartPlugin(/\/lsp\/lsp\.ts$/, 'lsp')],
  }),
  build({ ...options, entryPoints: { lsp: 'src/cli/lsp/lsp.ts' } }), // it stands on parts of all others
  // Runs before anything is kept compiled, so it is as small as can be.
  build({ ...options, entryPoints: { 'keep-compiled': 'src/cli/keep-compiled.ts' }, banner: {} }),
]);

const [, , , cli] = bundles;
const cliFiles = (...names: string[]): string[] => names.map((name) => `src/${name}.ts`);
await joinChunks(dist, cli.metafile, options, [
  cliFiles('cli/sps/ahead/boot-invoke', 'cli/sps/ahead/boot-test'), // until the plugin's interpreter is started
  cliFiles('cli/run-program'),
  cliFiles('cli/sps/hooks'), // what small commands need as well
  cliFiles('project/read-project-file', 'sps/surroundings/read-sps-settings'),
  cliFiles('cli/sps/invoke'),
  cliFiles('cli/sps/check'),
  cliFiles('cli/sps/run-test-command'),
]);

const page = await buildPage(root, path.join(dist, 'inspector-page'));

// Only now, so that a command that runs meanwhile finds its files.
const written = new Set(
  bundles.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((file) => path.basename(file))),
);
for (const file of readdirSync(dist)) {
  if (/\.js(?:\.map)?$/.test(file) && !written.has(file)) rmSync(path.join(dist, file));
}

// Every file beside which a child-side program lies in src lies beside it in dist too, because dist is flat.
for (const file of globSync('src/**/*.{py,mjs}', { cwd: root })) {
  copyFileSync(path.join(root, file), path.join(dist, path.basename(file)));
}

// The descriptions of the plugin points are read when they are needed, beside the bundle as in src beside the file that reads them.
rmSync(path.join(dist, 'kvgroup-points'), { recursive: true, force: true });
cpSync(path.join(root, 'src/kvgroup/points/kvgroup-points'), path.join(dist, 'kvgroup-points'), { recursive: true });

// For editors.
const schemas = {
  'plugin-host': completeSchema(projectSchema),
  'platform-script': platformScriptSchema,
  'platform-test': platformTestSchema,
  'plugin-test': completeSchema(testFileSchema),
  scenario: completeSchema(scenarioSchema),
  'session-export': sessionExportSchema,
};
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(path.join(dist, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}

// For `man plugin-host`, where npm installs the package for all.
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
mkdirSync(path.join(root, 'man'), { recursive: true });
writeFileSync(
  path.join(root, 'man/plugin-host.1'),
  renderManPage({ version, commands: createCommands(), environment: environmentVariables }),
);

writeLicenses(
  root,
  path.join(dist, 'THIRD-PARTY-LICENSES.txt'),
  [...bundles.map(({ metafile }) => metafile), page].flatMap(({ inputs }) => Object.keys(inputs)),
);

await writeDeclarations(root, path.join(dist, 'types'), {
  index: 'src/index.ts',
  plugin: 'src/plugin.ts',
  vitest: 'src/vitest.ts',
  kvgroup: 'src/kvgroup.ts',
  platform: 'src/platform.ts',
});

// Last: what is built when it is missing, or older than the packages (build/build-checkout.js).
writeFileSync(path.join(dist, '.built'), '');
