import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { textFile } from '../../../../../src/sps/authoring/pack/packed-file.ts';
import { writeZip } from '../../../../../src/sps/authoring/pack/write-zip.ts';
import { readZip } from '../../../../../src/sps/package/read-zip.ts';

test('an archive is the same whatever the order of its files, and gives them back', async () => {
  const files = ['lib/ä.py', 'MANIFEST', 'lib/Z.py', 'lib.py', 'lib/a.py'].map((name) => textFile(name, `of ${name}`));
  const zip = await writeZip(files);
  expect(await writeZip(files.toReversed())).toEqual(zip);
  const content = await readZip(zip);
  if (Array.isArray(content)) throw new Error('cannot be read');
  expect(content.files.map(({ segments }) => segments.join('/'))).toEqual([
    ...['MANIFEST', 'lib.py', 'lib/Z.py', 'lib/a.py', 'lib/ä.py'],
  ]);
  expect(content.files.map(({ bytes }) => bytes.toString())[1]).toBe('of lib.py');
});

test('what is executable is so in the archive, and in what is read from it', async () => {
  const zip = await writeZip([{ ...textFile('run', ''), isExecutable: true }, textFile('text', '')]);
  const content = await readZip(zip);
  expect(Array.isArray(content) ? content : content.files.map(({ isExecutable }) => isExecutable)).toEqual([
    true,
    false,
  ]);
  const central = zip.indexOf(Buffer.from('PK\u0001\u0002'));
  expect((zip.readUInt32LE(central + 38) >>> 16).toString(8)).toBe('100755');
});

test('entries are stored as they are, of 1980-01-01 12:00, readable files of a Unix', async () => {
  const zip = await writeZip([textFile('MANIFEST', 'content')]);
  const central = zip.lastIndexOf(Buffer.from('PK\u0001\u0002'));
  expect({
    method: zip.readUInt16LE(central + 10),
    time: zip.readUInt16LE(central + 12),
    date: zip.readUInt16LE(central + 14),
    crc32: zip.readUInt32LE(central + 16),
    extraBytes: zip.readUInt16LE(central + 30),
    mode: (zip.readUInt32LE(central + 38) >>> 16).toString(8),
  }).toEqual({ method: 0, time: 12 << 11, date: (1 << 5) | 1, crc32: crc32('content'), extraBytes: 0, mode: '100644' });
});
