/**
 * `npm run test:real -- DIR …`: puts the vendor's published plugins, unmodified, from the checkouts given, through sessions, and
 * compares every call with plain Python. A plugin that brings packages from elsewhere is given as it would be uploaded, with them
 * beside its sources. Of okta-mfa, hashicorp-vault and safeguard sessions also go through a gateway, from a real SSH client to a real
 * server. The Python with the vendor's SDK is named by PLUGIN_HOST_SDK_PYTHON. A folder with the vendor's custom platform
 * scripts, which are checked and run against servers of the test, is named by PLUGIN_HOST_PLATFORM_SCRIPTS; it may be given alone.
 * The tables at the end are also written to the file that PLUGIN_HOST_REAL_TABLE names.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backendPlugins, isKnown, pluginNames } from './find-folder.ts';
import { scriptOperations } from './platform/find-script.ts';
import { renderRows } from './platform/script-rows.ts';

const folders = process.argv.slice(2).map((folder) => path.resolve(folder));
const strangers = folders.filter((folder) => !isKnown(folder));

const hasScripts = process.env['PLUGIN_HOST_PLATFORM_SCRIPTS'] !== undefined;

if ((folders.length === 0 && !hasScripts) || strangers.length > 0) {
  console.error(
    `npm run test:real -- DIR …: checkouts of ${[...new Set([...pluginNames, ...backendPlugins])].join(', ')}`,
  );
  console.error('PLUGIN_HOST_PLATFORM_SCRIPTS=DIR: custom platform scripts');
  for (const folder of strangers) console.error(`${folder}: not one of them`);
  process.exitCode = 2;
} else {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ph-test-table-'));
  const table = path.join(scratch, 'rows');
  const scriptRows = path.join(scratch, 'script-rows');
  const only = folders.length === 0 ? ['test/real/platform'] : [];
  const { status } = spawnSync('vitest', ['run', '--config', 'test/real/vitest.config.ts', ...only], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PLUGIN_HOST_REAL_PLUGINS: folders.join(path.delimiter),
      PLUGIN_HOST_REAL_TABLE: table,
      PLUGIN_HOST_SCRIPT_ROWS: scriptRows,
    },
  });
  const head =
    '| plugin | start | check | sessions | calls by hook | calls | requests |\n|---|---|---|---|---|---|---|';
  const tables = [
    ...(existsSync(table) ? [`${head}\n${readFileSync(table, 'utf8')}`] : []),
    ...(existsSync(scriptRows) ? [renderRows(scriptRows, scriptOperations())] : []),
  ].join('\n');
  console.log(tables);
  const { PLUGIN_HOST_REAL_TABLE: copy } = process.env;
  if (copy !== undefined) writeFileSync(copy, `${tables}\n`);
  rmSync(scratch, { recursive: true });
  process.exitCode = status ?? 3;
}
