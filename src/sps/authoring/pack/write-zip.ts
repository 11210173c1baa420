import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { compareNames, type PackedFile } from './packed-file.ts';

/** The archive stores local time without a zone, so a time made from local parts is the same everywhere. The first day that it can store, at noon. */
const modified = new Date(1980, 0, 1, 12);

/**
 * A ZIP whose bytes depend only on names, contents and what is executable: order, times and all other permissions are fixed. Nothing is deflated: `pluginv` does not
 * either, and the output of zlib for the same bytes differs between processors and versions.
 * Source: Plugin SDK 1.9.1, release task.
 */
export async function writeZip(files: readonly PackedFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const file of files.toSorted((left, right) => compareNames(left.name, right.name))) {
    const mode = file.isExecutable ? 0o100755 : 0o100644;
    const options = { mtime: modified, mode, compress: false, forceDosTimestamp: true };
    zip.addBuffer(await file.read(), file.name, options);
  }
  zip.end();
  return buffer(zip.outputStream);
}
