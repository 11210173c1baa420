import { rmSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

/**
 * Before each declaration: `AsyncDisposable` is in no library that a program has by itself, and `AbortSignal` in none without DOM or
 * `@types/node`; an empty interface changes nothing where there is one.
 */
const banner = '/// <reference lib="esnext.disposable" />\ndeclare global { interface AbortSignal {} }';

/**
 * Rolls the declarations up to the entries: whoever compiles against them reads a file for each and what they share, and no type of a
 * library that is bundled.
 * @param entries files of `src` by name
 */
export async function writeDeclarations(root: string, folder: string, entries: Record<string, string>): Promise<void> {
  const bundle = await rollup({
    input: entries,
    external: [/^node:/, 'vitest'],
    plugins: [dts({ tsconfig: path.join(root, 'src/tsconfig.json') })],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  rmSync(folder, { recursive: true, force: true });
  await bundle.write({ dir: folder, banner, minifyInternalExports: false, chunkFileNames: 'shared/[name].d.ts' });
  await bundle.close();
}
