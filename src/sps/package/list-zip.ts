import { getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import type { RefusalCode } from '../../base/code.ts';
import { parseEntryName, sameFileKey } from './parse-entry-name.ts';
import type { ZipFault } from './zip-content.ts';

/** A file that may be unpacked. */
export interface ListedEntry {
  entry: Entry;
  /** As the archive spells it. */
  name: string;
  segments: string[];
  isExecutable: boolean;
}

interface Listing {
  folders: string[][];
  files: ListedEntry[];
}

const maxEntries = 20_000;
const maxFaults = 20;

/** The files and folders of an archive, or why it must not be unpacked: the first 20 faults. */
export async function listZip(zip: ZipFile): Promise<Listing | ZipFault[]> {
  if (zip.entryCount > maxEntries) {
    return [{ code: 'ZIP_INVALID', entry: undefined, what: `has ${zip.entryCount} entries, more than ${maxEntries}` }];
  }
  const listing: Listing = { folders: [], files: [] };
  const faults: ZipFault[] = [];
  const tree = new Tree();
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    const judged = judgeEntry(entry, name, tree);
    if ('code' in judged) faults.push({ ...judged, entry: name });
    else if (!judged.isFolder)
      listing.files.push({ entry, name, segments: judged.segments, isExecutable: isExecutable(entry) });
    else if (judged.segments.length > 0) listing.folders.push(judged.segments);
    if (faults.length >= maxFaults) break;
  }
  return faults.length > 0 ? faults : listing;
}

function judgeEntry(
  entry: Entry,
  name: string,
  tree: Tree,
): { segments: string[]; isFolder: boolean } | { code: RefusalCode; what: string } {
  const parsed = parseEntryName(name);
  if ('code' in parsed) return parsed;
  const what = kindFault(entry, parsed.isFolder);
  if (what !== undefined) return { code: what === linkFault ? 'PATH_ESCAPES' : 'ZIP_INVALID', what };
  const conflict = tree.add(parsed.segments, parsed.isFolder);
  return conflict === undefined ? parsed : { code: 'ZIP_INVALID', what: conflict };
}

const linkFault = 'is a symbolic link';

/** File types of Unix, kept in the upper half of an entry's attributes. Source: stat(2). */
const types = { mask: 0o170000, none: 0, folder: 0o040000, file: 0o100000, link: 0o120000 };

/** Systems whose archives have the permissions of Unix in the upper half. Source: APPNOTE.TXT, version made by. */
const unixSystems = [3, 19];

function isExecutable({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const isByOwner = ((externalFileAttributes >>> 16) & 0o100) !== 0;
  return isByOwner && unixSystems.includes(versionMadeBy >>> 8);
}

function kindFault(entry: Entry, isFolder: boolean): string | undefined {
  const type = (entry.externalFileAttributes >>> 16) & types.mask;
  if (type === types.link) return linkFault;
  const isKnown = type === types.none || type === types.file || type === types.folder;
  if (!isKnown) return 'is neither a file nor a folder';
  if (type === types.folder && !isFolder) return 'is a folder by its attributes and a file by its name';
  if (isFolder && entry.uncompressedSize > 0) return 'is a folder with content';
  if (entry.isEncrypted()) return 'is encrypted';
  return entry.canDecodeFileData()
    ? undefined
    : `is packed with method ${entry.compressionMethod}, which is not supported`;
}

/** What each name is, according to the entries so far. */
class Tree {
  readonly #kinds = new Map<string, 'file' | 'folder' | 'implied folder'>();

  /** Adds an entry, or says what it collides with. */
  add(segments: string[], isFolder: boolean): string | undefined {
    if (segments.length === 0) return isFolder ? undefined : 'has no name';
    for (let length = 1; length < segments.length; length += 1) {
      const key = sameFileKey(segments.slice(0, length));
      const kind = this.#kinds.get(key);
      if (kind === 'file') return 'is in a folder that is also a file';
      if (kind === undefined) this.#kinds.set(key, 'implied folder');
    }
    const key = sameFileKey(segments);
    const kind = this.#kinds.get(key);
    if (kind === 'implied folder' && isFolder) this.#kinds.set(key, 'folder');
    else if (kind !== undefined) return 'has a name that exists already, perhaps in another spelling';
    else this.#kinds.set(key, isFolder ? 'folder' : 'file');
    return undefined;
  }
}
