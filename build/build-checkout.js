// As the bundles do: an import of these costs every start 2 ms.
const { existsSync, statSync } = process.getBuiltinModule('node:fs');
const path = process.getBuiltinModule('node:path');

/**
 * Builds dist of a checkout before its first use, and after each `npm ci`. JavaScript, because every start of the command in a checkout reads
 * it, and taking the types out of a file costs more than all that it does.
 * @returns {{ code: string, message: string, hint: string } | undefined} why there is no dist
 */
export function buildCheckout() {
  const root = path.dirname(import.meta.dirname);
  const built = timeOf(path.join(root, 'dist/.built'));
  if (built > 0 && built >= timeOf(path.join(root, 'node_modules/.package-lock.json'))) return undefined;
  if (!existsSync(path.join(root, 'node_modules/esbuild'))) {
    return { code: 'HOST_FAILED', message: `${root}: what builds plugin-host is not installed`, hint: 'npm ci' };
  }
  process.stderr.write('plugin-host: building dist from src, once, some 10 s … ');
  const start = performance.now();
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stderr } = spawnSync(process.execPath, ['build.ts'], { cwd: root, encoding: 'utf8' });
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  if (status === 0) return undefined;
  return {
    code: 'HOST_FAILED',
    message: `${root}: the build failed\n${stderr.trim()}`,
    hint: '`npm ci` and `npm run build` in this folder',
  };
}

/** When a file was written, in milliseconds; 0 when it is not there. */
function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
