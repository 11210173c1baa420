import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from './authority.ts';
import { backendPlugins, findFolder } from './find-folder.ts';
import { wholeInweboSession } from './plugins/inwebo-mfa.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? 'python3';
const folders = (process.env['PLUGIN_HOST_REAL_PLUGINS'] ?? '').split(path.delimiter).filter(Boolean);

let scratch = '';
let authority: Authority;

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'ph-test-backends-'));
  const certificates = path.join(scratch, 'certificates');
  mkdirSync(certificates);
  authority = makeAuthority(certificates);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** What the appliance has beside the plugin: the dictionary of its RADIUS client. */
const dictionary = `ATTRIBUTE User-Name 1 string
ATTRIBUTE User-Password 2 string
ATTRIBUTE CHAP-Password 3 octets
ATTRIBUTE Service-Type 6 integer
ATTRIBUTE Reply-Message 18 string
ATTRIBUTE State 24 octets
ATTRIBUTE Prompt 76 integer
VALUE Service-Type Login-User 1
`;

describe.each(backendPlugins)('%s, unmodified, with the backends of its test file', (name) => {
  const given = findFolder(folders, name);

  test.skipIf(given === undefined).each(['warm', 'cold'])('in %s processes', async (kind) => {
    if (given === undefined) return;
    const folder = path.join(scratch, kind, name);
    cpSync(given, folder, { recursive: true, verbatimSymlinks: true });
    const file = `${name}.plugin-test.yaml`;
    copyFileSync(path.join(import.meta.dirname, 'backends', file), path.join(folder, file));
    writeFileSync(path.join(folder, 'inwebo.cfg'), wholeInweboSession.configure('api.inwebo.test', authority));
    writeFileSync(path.join(folder, 'dictionary'), dictionary);
    writeFileSync(path.join(folder, 'plugin-host.yaml'), 'files: {/usr/share/zorp/dictionary: dictionary}\n');
    const words = [
      'test',
      path.join(folder, file),
      '--json',
      '--python',
      python,
      ...(kind === 'cold' ? ['--cold'] : []),
    ];
    const { stdout } = await execa(process.execPath, [bin, ...words], { cwd: folder, reject: false });
    const { suites } = JSON.parse(stdout) as { suites: { cases: { passed: boolean }[] }[] };
    expect(suites.flatMap(({ cases }) => cases).filter(({ passed }) => !passed)).toEqual([]);
    expect(suites).toHaveLength(1);
  });
});
