/**
 * `npm run test:real -- DIR …`: runs the vendor's published plugins, unmodified, from the checkouts given. The Python with the
 * vendor's SDK is named by PLUGIN_HOST_SDK_PYTHON.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const folders = process.argv.slice(2).map((folder) => path.resolve(folder));
const { status } = spawnSync('vitest', ['run', '--config', 'test/real/vitest.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, PLUGIN_HOST_REAL_PLUGINS: folders.join(path.delimiter) },
});
process.exitCode = status ?? 3;
