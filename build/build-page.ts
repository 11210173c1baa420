import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';

/** Script and style together, uncompressed. Source: inspector contract, "Size and speed". */
const mostBytes = 200 * 1024;

/** Builds the page of the inspector into a folder of its own: one script and one style, with a hash of their content in their names. */
export async function buildPage(root: string, folder: string): Promise<Metafile> {
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { page: 'src/inspector/page/main.tsx', style: 'src/inspector/page/page.css' },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome120', 'firefox120'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.entries(metafile.outputs);
  const bytes = outputs.reduce((sum, [, output]) => sum + output.bytes, 0);
  if (bytes > mostBytes) throw new Error(`the page has ${bytes} bytes, more than ${mostBytes}`);
  const written = new Set(outputs.map(([file]) => path.basename(file)));
  for (const file of readdirSync(folder)) if (!written.has(file)) rmSync(path.join(folder, file));
  return metafile;
}
