import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openPackage, type OpenedPackage } from '../../../../src/sps/package/open-package.ts';
import { goodMain, goodManifest } from './good-package.ts';
import { rawZip, type RawEntry } from './raw-zip.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const good: RawEntry[] = [
  { name: 'MANIFEST', content: goodManifest },
  { name: 'main.py', content: goodMain, method: 8, mode: 0o100755 },
  { name: 'lib/', mode: 0o040755 },
  { name: 'lib/plugin.py', content: 'x = 1\n', method: 8 },
];
const megabyte = 1024 * 1024;

interface Opened extends OpenedPackage {
  stateDir: string;
}

async function open(zip: Buffer): Promise<Opened> {
  const folder = makeTemporaryFolder();
  const file = path.join(folder, 'plugin.zip');
  writeFileSync(file, zip);
  const stateDir = path.join(folder, 'state');
  return { ...(await openPackage(file, { stateDir })), stateDir };
}

function leftBehind(stateDir: string): string[] {
  const packages = path.join(stateDir, 'packages');
  return statSync(packages, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(packages);
}

test('a folder is opened as it is, symbolic links resolved', async () => {
  const folder = makeTemporaryFolder();
  mkdirSync(path.join(folder, 'plugin'));
  symlinkSync('plugin', path.join(folder, 'link'));
  const given = path.join(folder, 'link');
  expect(await openPackage(given, { stateDir: path.join(folder, 'state') })).toEqual({
    package: { path: given, root: path.join(folder, 'plugin'), kind: 'folder', sizeBytes: 0 },
    problems: [],
  });
});

test.each(['nothing', 'file/inside', 'with\0nul', ''])('what is not there is not found: %j', async (name) => {
  const folder = makeTemporaryFolder();
  writeFileSync(path.join(folder, 'file'), '');
  const given = name === '' ? '' : `${folder}/${name}`;
  await expect(openPackage(given, { stateDir: folder })).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
});

test('a device is no package', async () => {
  await expect(openPackage('/dev/null', { stateDir: makeTemporaryFolder() })).rejects.toMatchObject({
    code: 'PACKAGE_NOT_FOUND',
  });
});

test('a ZIP is unpacked for its owner only, once for its content', async () => {
  const zip = rawZip(good);
  const { package: opened, problems, stateDir } = await open(zip);
  expect(problems).toEqual([]);
  if (opened === undefined) throw new Error('it opens');
  expect(opened).toMatchObject({ kind: 'zip', sizeBytes: zip.length });
  expect(opened.root).toMatch(/\/state\/packages\/[0-9a-f]{64}$/);
  expect(readdirSync(opened.root).sort()).toEqual(['MANIFEST', 'lib', 'main.py']);
  expect(readFileSync(path.join(opened.root, 'lib/plugin.py'), 'utf8')).toBe('x = 1\n');
  expect(statSync(opened.root).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(opened.root, 'lib/plugin.py')).mode & 0o7777).toBe(0o600);
  const before = statSync(opened.root).ctimeMs;
  const again = await openPackage(opened.path, { stateDir });
  expect(again.package?.root).toBe(opened.root);
  expect(statSync(opened.root).ctimeMs).toBe(before);
});

test('what is executable by its owner in the ZIP is so when it is unpacked, and nothing more', async () => {
  const modes = [0o100755, 0o104777, 0o100711, 0o100677, 0o100666, 0o100755];
  const zip = rawZip([...good.slice(0, 1), ...modes.map((mode, n) => ({ name: `${n}`, mode }))]);
  const last = zip.lastIndexOf(Buffer.from('PK\u0001\u0002'));
  zip.writeUInt8(0, last + 5); // made by a system without these rights
  const { package: opened } = await open(zip);
  const found = modes.map((_mode, n) => statSync(path.join(opened?.root ?? '', `${n}`)).mode & 0o7777);
  expect(found).toEqual([0o700, 0o700, 0o700, 0o600, 0o600, 0o600]);
});

test('what an older version unpacked, without that, is not taken for it', async () => {
  const zip = rawZip(good);
  const older = createHash('sha256').update(zip).digest('hex');
  const { package: opened } = await open(zip);
  expect(path.basename(opened?.root ?? older)).not.toBe(older);
});

test('a ZIP of a usual program is unpacked, with and without entries for folders', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(goodManifest), 'MANIFEST');
  zip.addEmptyDirectory('empty');
  zip.addBuffer(Buffer.from('ä'), 'lib/größe/daten.txt', { compress: true });
  zip.end();
  const { package: opened } = await open(await buffer(zip.outputStream));
  expect(readFileSync(path.join(opened?.root ?? '', 'lib/größe/daten.txt'), 'utf8')).toBe('ä');
  expect(readdirSync(path.join(opened?.root ?? '', 'empty'))).toEqual([]);
});

test('several processes may unpack the same ZIP at once', async () => {
  const folder = makeTemporaryFolder();
  const file = path.join(folder, 'plugin.zip');
  writeFileSync(file, rawZip(good));
  const opened = await Promise.all(Array.from({ length: 20 }, () => openPackage(file, { stateDir: folder })));
  expect(new Set(opened.map((each) => each.package?.root)).size).toBe(1);
  expect(leftBehind(folder)).toHaveLength(1);
});

test('what a process that was ended has left is removed and never taken for a package', async () => {
  const { package: first, stateDir } = await open(rawZip(good));
  const abandoned = path.join(
    stateDir,
    'packages',
    `.${path.basename(first?.root ?? '')}.999999999.0123456789abcdef.tmp`,
  );
  mkdirSync(abandoned);
  const other = path.join(stateDir, 'other.zip');
  writeFileSync(other, rawZip([...good, { name: 'x', content: 'x' }]));
  await openPackage(other, { stateDir });
  expect(leftBehind(stateDir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a state folder that cannot be written is the fault of the machine', async () => {
  const folder = makeTemporaryFolder();
  const file = path.join(folder, 'plugin.zip');
  writeFileSync(file, rawZip(good));
  await expect(openPackage(file, { stateDir: file })).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' });
});

describe('an archive is refused when', () => {
  const bomb = Buffer.alloc(101 * megabyte);
  test.each<[string, RawEntry[], string]>([
    ['a name is absolute', [{ name: '/etc/passwd' }], 'PATH_ESCAPES'],
    ['a name climbs', [{ name: '../x' }], 'PATH_ESCAPES'],
    ['a name climbs later', [{ name: 'a/../../x' }], 'PATH_ESCAPES'],
    ['a name climbs at its end', [{ name: 'a/..' }], 'PATH_ESCAPES'],
    ['a name climbs with backslashes', [{ name: '..\\x' }], 'PATH_ESCAPES'],
    ['a name has a backslash', [{ name: 'a\\b' }], 'PATH_ESCAPES'],
    ['a name starts with a drive', [{ name: 'C:/x' }], 'PATH_ESCAPES'],
    ['a name starts with a drive behind a dot', [{ name: './c:x' }], 'PATH_ESCAPES'],
    ['a name is on a network', [{ name: '//server/share' }], 'PATH_ESCAPES'],
    ['an entry is a link', [{ name: 'x', content: '/etc/passwd', mode: 0o120777 }], 'PATH_ESCAPES'],
    ['an entry is a link to a folder', [{ name: 'x/', content: '/', mode: 0o120777 }], 'PATH_ESCAPES'],
    ['an entry is a device', [{ name: 'x', mode: 0o020666 }], 'ZIP_INVALID'],
    ['an entry is a named pipe', [{ name: 'x', mode: 0o010666 }], 'ZIP_INVALID'],
    ['an entry is a socket', [{ name: 'x', mode: 0o140666 }], 'ZIP_INVALID'],
    ['a file is a folder by its mode', [{ name: 'x', mode: 0o040755 }], 'ZIP_INVALID'],
    ['a folder has content', [{ name: 'x/', content: 'y' }], 'ZIP_INVALID'],
    ['a name repeats', [{ name: 'x' }, { name: 'x' }], 'ZIP_INVALID'],
    ['a folder repeats', [{ name: 'x/' }, { name: 'x/' }], 'ZIP_INVALID'],
    ['a name repeats in other case', [{ name: 'Readme' }, { name: 'README' }], 'ZIP_INVALID'],
    ['a name repeats with a dot', [{ name: 'x' }, { name: './x' }], 'ZIP_INVALID'],
    ['a name repeats with two slashes', [{ name: 'a/x' }, { name: 'a//x' }], 'ZIP_INVALID'],
    ['a name repeats in another Unicode form', [{ name: '\u00e4' }, { name: 'a\u0308' }], 'ZIP_INVALID'],
    ['a file is a folder as well', [{ name: 'x' }, { name: 'x/y' }], 'ZIP_INVALID'],
    ['a folder is a file as well', [{ name: 'x/y' }, { name: 'x' }], 'ZIP_INVALID'],
    ['a name is empty', [{ name: '' }], 'ZIP_INVALID'],
    ['a name has a NUL', [{ name: 'x\0.py' }], 'ZIP_INVALID'],
    ['a name has a line end', [{ name: 'x\ny' }], 'ZIP_INVALID'],
    ['a name is no UTF-8', [{ name: Buffer.from([0x78, 0xff]) }], 'ZIP_INVALID'],
    ['a name part is long', [{ name: 'x'.repeat(256) }], 'ZIP_INVALID'],
    ['a name is long', [{ name: 'x/'.repeat(600) }], 'ZIP_INVALID'],
    ['two headers give two names', [{ name: 'x', localName: 'y' }], 'ZIP_INVALID'],
    ['an entry is encrypted', [{ name: 'x', flags: 1 }], 'ZIP_INVALID'],
    ['an entry is packed otherwise', [{ name: 'x', method: 12, content: 'x' }], 'ZIP_INVALID'],
    ['a checksum differs', [{ name: 'x', content: 'x', crc: 1 }], 'ZIP_INVALID'],
    ['content is longer than announced', [{ name: 'x', content: 'xy', method: 8, size: 1 }], 'ZIP_INVALID'],
    ['content is shorter than announced', [{ name: 'x', content: 'xy', method: 8, size: 3 }], 'ZIP_INVALID'],
    [
      'packed content is damaged',
      [{ name: 'x', content: 'x', method: 8, packed: Buffer.from('garbage') }],
      'ZIP_INVALID',
    ],
    [
      'it unpacks to more than 200 MB',
      [
        { name: 'x', content: bomb, method: 8 },
        { name: 'y', content: bomb, method: 8 },
      ],
      'ZIP_TOO_LARGE',
    ],
    [
      'it unpacks to more than it announces',
      [{ name: 'x', content: Buffer.alloc(201 * megabyte), method: 8, size: 10 }],
      'ZIP_TOO_LARGE',
    ],
    ['it has too many entries', Array.from({ length: 20_001 }, (_, n) => ({ name: `f${n}` })), 'ZIP_INVALID'],
  ])('%s', async (_what, entries, code) => {
    const { package: opened, problems, stateDir } = await open(rawZip([...good, ...entries]));
    expect(opened).toBeUndefined();
    expect(problems).toMatchObject([{ level: 'error', code, file: null, line: null }]);
    expect(problems[0]?.hint).toMatch(/\w/);
    expect(leftBehind(stateDir)).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['it is empty', Buffer.alloc(0)],
    ['it is text', Buffer.from(goodManifest)],
    ['it is cut off', rawZip(good).subarray(0, -30)],
    ['its start is missing', rawZip(good).subarray(40)],
    ['its middle is missing', Buffer.concat([rawZip(good).subarray(0, 60), rawZip(good).subarray(90)])],
  ])('%s', async (_what, zip) => {
    expect((await open(zip)).problems).toMatchObject([{ code: 'ZIP_INVALID' }]);
  });

  test('it has more than 20 MiB, one byte less is allowed', async () => {
    const size = 20 * megabyte - rawZip([{ name: 'x' }]).length;
    const content = Buffer.alloc(size);
    expect((await open(rawZip([{ name: 'x', content }]))).problems).toEqual([]);
    const larger = await open(rawZip([{ name: 'x', content: Buffer.alloc(size + 1) }]));
    expect(larger.problems).toMatchObject([{ code: 'ZIP_TOO_LARGE' }]);
  });
});

test('all names that are refused are told at once', async () => {
  const { problems } = await open(rawZip([{ name: '/a' }, { name: '../b' }, { name: 'x' }, { name: 'x' }]));
  expect(problems.map(({ code }) => code)).toEqual(['PATH_ESCAPES', 'PATH_ESCAPES', 'ZIP_INVALID']);
  expect(problems[1]?.message).toMatch(/plugin\.zip: the entry "\.\.\/b" leaves the package/);
});
