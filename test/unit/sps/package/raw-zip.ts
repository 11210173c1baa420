import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is to stand in the archive, right or wrong. */
export interface RawEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** Bytes in the archive; default: the content, deflated when `method` is 8. */
  packed?: Buffer;
  method?: number;
  flags?: number;
  crc?: number;
  /** What the archive says the unpacked size is. */
  size?: number;
  /** Unix mode with its file type. */
  mode?: number;
  /** Name in the local header; default: `name`. */
  localName?: string;
}

const utf8Names = 0x800;

/** Builds an archive by hand, because no library writes the faults that a test needs. */
export function rawZip(entries: RawEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const localName = entry.localName === undefined ? name : Buffer.from(entry.localName);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 0;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
    const common = commonHeader(entry, content, packed.length, method);
    const local = Buffer.concat([uint32(0x04034b50), common, uint16(localName.length), uint16(0), localName, packed]);
    const tail = [uint16(name.length), uint16(0), uint16(0), uint16(0), uint16(0), uint32((entry.mode ?? 0) * 0x10000)];
    centrals.push(Buffer.concat([uint32(0x02014b50), uint16(0x0314), common, ...tail, uint32(offset), name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const counts = [uint16(0), uint16(0), uint16(entries.length), uint16(entries.length)];
  const end = [uint32(0x06054b50), ...counts, uint32(directory.length), uint32(offset), uint16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

function commonHeader(entry: RawEntry, content: Buffer, packedSize: number, method: number): Buffer {
  return Buffer.concat([
    uint16(20),
    uint16(entry.flags ?? utf8Names),
    uint16(method),
    uint32(0),
    uint32(entry.crc ?? crc32(content)),
    uint32(packedSize),
    uint32(entry.size ?? content.length),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
