/**
 * `npm run wheel [-- FOLDER]`: builds the wheel in a folder, by default the root. It holds the npm package as it is packed, a launcher, and the
 * plugin for pytest; its Node comes from PyPI. The same sources give the same bytes.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const [folder = root] = process.argv.slice(2);
const stage = mkdtempSync(path.join(tmpdir(), 'ph-wheel-'));
process.exitCode = build() ? 0 : 3;
rmSync(stage, { recursive: true });

function build(): boolean {
  const packed = path.join(stage, 'plugin_host/package');
  cpSync(path.join(root, 'python/plugin-host'), stage, { recursive: true });
  mkdirSync(packed);
  const isPacked =
    run('npm', ['pack', '--silent', '--pack-destination', stage]) &&
    run('sh', ['-c', 'tar -xzf "$1"/*.tgz --strip-components 1', 'sh', stage], packed);
  if (!isPacked) return false;
  copyFileSync(path.join(packed, 'LICENSE'), path.join(stage, 'LICENSE'));
  copyFileSync(path.join(packed, 'dist/THIRD-PARTY-LICENSES.txt'), path.join(stage, 'THIRD-PARTY-LICENSES.txt'));
  const plugin = 'pytest_plugin_host.py';
  copyFileSync(path.join(packed, 'python/pytest-plugin-host', plugin), path.join(stage, plugin));
  return run('python3', ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', path.resolve(folder), stage]);
}

function run(command: string, args: string[], cwd = root): boolean {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) console.error(error.message);
  return status === 0;
}
