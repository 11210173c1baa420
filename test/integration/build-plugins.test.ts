import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { builtinsPlugin } from '../../build/builtins-plugin.ts';
import { commonJsBanner } from '../../build/common-js-banner.ts';
import { validatorsPlugin } from '../../build/validators-plugin.ts';
import { withoutNativePlugin } from '../../build/without-native-plugin.ts';
import { validate } from '../../src/sps/manifest/manifest-validator.ts';
import { makeFolder } from './fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');

async function bundle(file: string, plugins: Plugin[]): Promise<{ code: string; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    plugins,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
  });
  return { code: outputFiles.map(({ text }) => text).join(''), metafile };
}

/** What the module prints. */
function run(code: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
}

describe('without imports of modules of Node', () => {
  const file = [
    "import { env } from 'node:process';",
    "import { inspect } from 'node:util';",
    "console.log(JSON.stringify([typeof env['PATH'], inspect('a'), process.moduleLoadList.length]));",
  ].join('\n');

  test('a bundle does the same, and starts with at least thirty modules fewer', async () => {
    const main = path.join(makeFolder(), 'main.ts');
    writeFileSync(main, file);
    const [plain, taken] = await Promise.all([[], [builtinsPlugin]].map((plugins) => bundle(main, plugins)));
    const [, , before] = JSON.parse(run(plain?.code ?? '')) as [string, string, number];
    const [type, shown, after] = JSON.parse(run(taken?.code ?? '')) as [string, string, number];
    expect([type, shown]).toEqual(['string', "'a'"]);
    expect(before - after).toBeGreaterThanOrEqual(30);
  });
});

describe('a compiled validator', () => {
  const file = path.join(root, 'src/sps/manifest/manifest-validator.ts');

  test('needs nothing of Ajv that compiles, and a tenth of the code', async () => {
    const [plain, compiled] = await Promise.all([[], [validatorsPlugin(root)]].map((plugins) => bundle(file, plugins)));
    const inputs = (metafile: Metafile | undefined): string[] =>
      Object.keys(metafile?.inputs ?? {}).filter((input) => input.startsWith('node_modules/ajv/'));
    expect(inputs(plain?.metafile)).toContain('node_modules/ajv/dist/compile/index.js');
    expect(inputs(compiled?.metafile).filter((input) => !input.includes('/runtime/'))).toEqual([]);
    expect(compiled?.code.length).toBeLessThan((plain?.code.length ?? 0) / 10);
  });

  test('finds what the one in the sources finds', async () => {
    const { code } = await bundle(file, [validatorsPlugin(root)]);
    const ask = `\nconsole.log(JSON.stringify([validate({ name: 1 }), validate.errors]));`;
    const verdict = validate({ name: 1 });
    expect(JSON.parse(run(code + ask))).toEqual(JSON.parse(JSON.stringify([verdict, validate.errors])));
  });
});

describe('a library with native parts', () => {
  test('does its work without them, far from the libraries it was bundled with', async () => {
    const folder = makeFolder();
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: { targets: 'src/targets/running/start-target.ts' },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      plugins: [validatorsPlugin(root), builtinsPlugin, withoutNativePlugin],
      banner: { js: commonJsBanner },
      bundle: true,
      splitting: true,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
    });
    const main = `
      import { startTarget } from '${path.join(folder, 'targets.mjs')}';
      const target = await startTarget({ ssh: {} });
      console.log(target.hostKey.split(' ')[0]);
      await target.close();`;
    expect(run(main)).toBe('ssh-ed25519\n');
    const loadedFirst = metafile.outputs[path.relative(root, path.join(folder, 'targets.mjs'))]?.imports ?? [];
    const holdsSsh = (file: string): boolean =>
      Object.keys(metafile.outputs[file]?.inputs ?? {}).some((input) => input.includes('node_modules/ssh2/'));
    expect(loadedFirst.filter(({ kind, path: file }) => kind === 'import-statement' && holdsSsh(file))).toEqual([]);
  });
});
