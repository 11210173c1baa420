import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { listZip, type ListedEntry } from './list-zip.ts';
import type { ZipContent, ZipFault } from './zip-content.ts';

const inflate = promisify(inflateRaw);

/** Ours: what a package may unpack to. */
const maxUnpackedBytes = 200 * 1024 * 1024;

/** Reads a whole archive, or says everything that is wrong with it. Never throws. */
export async function readZip(bytes: Buffer): Promise<ZipContent | ZipFault[]> {
  try {
    // Names stay bytes: the library would refuse some of them, or repair them.
    const zip = await fromBufferPromise(bytes, { decodeStrings: false });
    const listed = await listZip(zip);
    if (Array.isArray(listed)) return listed;
    return await readFiles(zip, bytes, listed);
  } catch (error) {
    return [{ code: 'ZIP_INVALID', entry: undefined, what: reasonOf(error) }];
  }
}

async function readFiles(
  zip: ZipFile,
  bytes: Buffer,
  listed: { folders: string[][]; files: ListedEntry[] },
): Promise<ZipContent | ZipFault[]> {
  const files: ZipContent['files'] = [];
  let left = maxUnpackedBytes;
  for (const { entry, name, segments, isExecutable } of listed.files) {
    const read = await readEntry(zip, bytes, entry, left);
    if (!Buffer.isBuffer(read)) return [{ ...read, entry: name }];
    left -= read.length;
    files.push({ segments, bytes: read, isExecutable });
  }
  return { folders: listed.folders, files };
}

type EntryFault = Omit<ZipFault, 'entry'>;

/** `left`: bytes that may still be unpacked. They are counted; what the archive says is not trusted. */
async function readEntry(zip: ZipFile, bytes: Buffer, entry: Entry, left: number): Promise<Buffer | EntryFault> {
  const invalid = (what: string): EntryFault => ({ code: 'ZIP_INVALID', what });
  try {
    const header = await zip.readLocalFileHeaderPromise(entry);
    if (!header.fileName.equals(entry.fileNameRaw)) return invalid('has two different names');
    const end = header.fileDataStart + entry.compressedSize;
    if (end > bytes.length) return invalid('is cut off');
    const raw = bytes.subarray(header.fileDataStart, end);
    const limit = Math.max(left, 1);
    const unpacked = entry.compressionMethod === 0 ? raw : await inflate(raw, { maxOutputLength: limit });
    if (unpacked.length > left) return tooLarge();
    if (unpacked.length !== entry.uncompressedSize) return invalid('is not as long as the archive says');
    return crc32(unpacked) === entry.crc32 ? unpacked : invalid('is damaged: its checksum differs');
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? tooLarge() : invalid(`cannot be unpacked (${reasonOf(error)})`);
  }
}

function tooLarge(): EntryFault {
  return { code: 'ZIP_TOO_LARGE', what: `makes the package larger than ${maxUnpackedBytes} bytes unpacked` };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason';
}
