import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import { defaultRelease } from '../../../../src/sps/manifest/release.ts';
import { checkPackage, type PackageOptions, type PackageReport } from '../../../../src/sps/package/check-package.ts';
import { openPackage } from '../../../../src/sps/package/open-package.ts';
import { goodMain, goodManifest, manifestWith } from './good-package.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

type Files = Record<string, string | Buffer | undefined>;

function makePackage(files: Files): string {
  const root = makeTemporaryFolder();
  const all: Files = { MANIFEST: goodManifest, 'main.py': goodMain, ...files };
  for (const [name, content] of Object.entries(all)) {
    if (content === undefined) continue;
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return root;
}

async function check(root: string, options: Partial<PackageOptions> = {}): Promise<PackageReport> {
  const { package: opened } = await openPackage(root, { stateDir: path.join(root, 'state') });
  if (opened === undefined) throw new Error('a folder always opens');
  return checkPackage(opened, { release: defaultRelease, strict: false, legacyPython: false, ...options });
}

async function codes(files: Files, options?: Partial<PackageOptions>): Promise<string[]> {
  const { problems } = await check(makePackage(files), options);
  return problems.map(({ level, code }) => `${level} ${code}`);
}

test('a good package has no problem', async () => {
  const report = await check(makePackage({ 'default.cfg': 'x'.repeat(10_240) }), { strict: true });
  expect(report.problems).toEqual([]);
  expect(report.language).toBe('python');
  expect(report.manifest).toEqual({ ...report.manifest, name: 'My_Plugin', version: '1.0', api: '1.9' });
});

describe('the entry point', () => {
  test.each<[string, Files, string[]]>([
    ['is missing', { 'main.py': undefined }, ['error ENTRY_POINT_MISSING']],
    ['is a folder', { 'main.py': undefined, 'main.py/x': '' }, ['error ENTRY_POINT_MISSING']],
    ['is spelled otherwise', { 'main.py': undefined, 'Main.py': goodMain }, ['error ENTRY_POINT_MISSING']],
    ['is the folder itself', { MANIFEST: manifestWith({ entry_point: '.' }) }, ['error ENTRY_POINT_MISSING']],
    ['is the folder above', { MANIFEST: manifestWith({ entry_point: '..' }) }, ['error ENTRY_POINT_MISSING']],
    ['lies in a folder', { MANIFEST: manifestWith({ entry_point: 'lib/main.py' }) }, ['error ENTRY_POINT_FORMAT']],
    ['is empty', { 'main.py': '' }, ['warning SHEBANG']],
    ['starts with another line', { 'main.py': '#!/usr/bin/env python3\n' }, ['warning SHEBANG']],
    ['has Windows line ends', { 'main.py': goodMain.replaceAll('\n', '\r\n') }, ['warning SHEBANG']],
    ['starts with a byte-order mark', { 'main.py': `\ufeff${goodMain}` }, ['warning SHEBANG']],
    ['ends after its first line', { 'main.py': '#!/usr/bin/env pluginwrapper3' }, []],
  ])('%s', async (_what, files, expected) => {
    expect(await codes(files)).toEqual(expected);
  });

  test.each(['main.ts', 'main.mts', 'main.js', 'main.mjs', 'main.cjs'])(
    '%s makes a TypeScript plugin, without shebang',
    async (name) => {
      const report = await check(
        makePackage({ MANIFEST: manifestWith({ entry_point: name }), [name]: 'export class Plugin {}' }),
      );
      expect(report).toMatchObject({ language: 'typescript', problems: [] });
    },
  );

  test.each([{ entry_point: undefined }, { entry_point: '""' }, { entry_point: 'false' }])(
    'that is none makes a plugin for Python 2: %o',
    async (change) => {
      const root = makePackage({ MANIFEST: manifestWith(change) });
      const refused = await check(root);
      expect(refused.problems.at(-1)).toMatchObject({ level: 'error', code: 'LEGACY_PYTHON' });
      expect(refused.language).toBe('python');
      const run = await check(root, { legacyPython: true });
      expect(run.problems.at(-1)).toMatchObject({ level: 'warning', code: 'LEGACY_PYTHON' });
      expect(run.fields?.entryPoint).toBeUndefined();
    },
  );

  test.each([
    {
      start: '#!/usr/bin/env pluginwrapper3\n',
      hint: 'Add the line "entry_point: main.py": the file begins like one for Python 3.',
    },
    { start: 'import os\n', hint: expect.stringContaining('--api 1.0') as string },
  ])('that is none tells what may have been forgotten ($start)', async ({ start, hint }) => {
    const root = makePackage({ MANIFEST: manifestWith({ entry_point: undefined }), 'main.py': start });
    const { problems } = await check(root, { legacyPython: true });
    expect(problems.at(-1)).toMatchObject({ code: 'LEGACY_PYTHON', hint });
  });

  test('that is named by another key is told where', async () => {
    const root = makePackage({ MANIFEST: manifestWith({ entry_point: undefined, entrypoint: 'main.py' }) });
    const { problems } = await check(root);
    expect(problems.at(-1)).toEqual({
      level: 'error',
      code: 'LEGACY_PYTHON',
      message: 'MANIFEST:6: no entry_point, but entrypoint, so this is a plugin for Python 2',
      hint: 'Rename entrypoint to entry_point.',
      file: 'MANIFEST',
      line: 6,
    });
  });

  test('that is none needs a main.py all the same', async () => {
    const root = makePackage({ MANIFEST: manifestWith({ entry_point: undefined }), 'main.py': undefined });
    const { problems } = await check(root, { legacyPython: true });
    expect(problems.map(({ code }) => code)).toContain('ENTRY_POINT_MISSING');
  });

  test('that is missing is told with the line that names it, and what may be meant', async () => {
    const { problems } = await check(makePackage({ 'main.py': undefined, 'Main.py': goodMain }));
    expect(problems[0]).toMatchObject({
      message: 'MANIFEST:6: the entry point main.py is not in the package root',
      file: 'MANIFEST',
      line: 6,
    });
    expect(problems[0]?.hint).toContain('Main.py');
  });
});

describe('default.cfg', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['has 10241 bytes', 'x'.repeat(10_241), ['error DEFAULT_CFG_SIZE']],
    ['counts in bytes', 'ä'.repeat(5121), ['error DEFAULT_CFG_SIZE']],
    ['is Latin-1', Buffer.from('a\nb = \xe4\n', 'latin1'), ['error DEFAULT_CFG_ENCODING']],
    ['has a byte-order mark', '\ufeff[a]\n', ['warning DEFAULT_CFG_ENCODING']],
    [
      'is large and Latin-1',
      Buffer.from('\xe4'.repeat(20_000), 'latin1'),
      ['error DEFAULT_CFG_SIZE', 'error DEFAULT_CFG_ENCODING'],
    ],
    ['is empty', '', []],
  ])('%s', async (_what, content, expected) => {
    expect(await codes({ 'default.cfg': content })).toEqual(expected);
  });

  test('names the line with the wrong byte', async () => {
    const { problems } = await check(makePackage({ 'default.cfg': Buffer.from('a\nb = \xe4\n', 'latin1') }));
    expect(problems[0]).toMatchObject({ line: 2, message: 'default.cfg:2: a byte is not UTF-8' });
  });
});

describe('MANIFEST', () => {
  test.each<[string, Files, string]>([
    ['nowhere', {}, 'Add a file MANIFEST'],
    ['in one folder', { 'plugin/MANIFEST': goodManifest }, 'There is one in the folder plugin'],
    ['in small letters', { manifest: goodManifest }, 'There is a file manifest'],
    ['with an extension', { 'MANIFEST.yaml': goodManifest }, 'There is a file MANIFEST.yaml'],
  ])('is missing: it is %s', async (_where, files, hint) => {
    const report = await check(makePackage({ MANIFEST: undefined, ...files }));
    expect(report).toMatchObject({ manifest: null, fields: undefined, language: undefined });
    expect(report.problems).toMatchObject([{ code: 'MANIFEST_MISSING', file: 'MANIFEST', line: null }]);
    expect(report.problems[0]?.hint).toContain(hint);
  });

  test('is a folder', async () => {
    expect(await codes({ MANIFEST: undefined, 'MANIFEST/x': '' })).toEqual(['error MANIFEST_MISSING']);
  });

  test('is larger than 64 KiB', async () => {
    expect(await codes({ MANIFEST: Buffer.alloc(64 * 1024 + 1, '\n') })).toEqual(['error MANIFEST_NOT_YAML']);
  });

  test('leads nowhere', async () => {
    const root = makePackage({ MANIFEST: undefined });
    symlinkSync(path.join(root, 'nowhere'), path.join(root, 'MANIFEST'));
    expect((await check(root)).problems).toMatchObject([{ code: 'MANIFEST_MISSING' }]);
  });
});

test('problems of the MANIFEST come before those of the package', async () => {
  const files = { MANIFEST: manifestWith({ name: 'on', type: 'AA' }), 'main.py': '', 'default.cfg': '\ufeff' };
  expect(await codes(files)).toEqual([
    'error NAME_FORMAT',
    'error TYPE_UNKNOWN',
    'warning SHEBANG',
    'warning DEFAULT_CFG_ENCODING',
  ]);
});

test('a ZIP of exactly 20 MiB is too large for pluginv only', async () => {
  const root = makePackage({});
  const pkg = { path: 'x.zip', root, kind: 'zip' as const, sizeBytes: 20 * 1024 * 1024 };
  const options = { release: defaultRelease, legacyPython: false };
  expect((await checkPackage(pkg, { ...options, strict: false })).problems).toMatchObject([
    { level: 'warning', code: 'ZIP_TOO_LARGE' },
  ]);
  expect((await checkPackage(pkg, { ...options, strict: true })).problems).toMatchObject([
    { level: 'error', code: 'ZIP_TOO_LARGE' },
  ]);
});

test('a folder that has gone is not found', async () => {
  const root = makePackage({});
  const { package: opened } = await openPackage(root, { stateDir: root });
  rmSync(root, { recursive: true });
  if (opened === undefined) throw new Error('a folder always opens');
  const report = checkPackage(opened, { release: defaultRelease, strict: false, legacyPython: false });
  await expect(report).rejects.toThrow(PluginHostError);
  await expect(report).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
});
