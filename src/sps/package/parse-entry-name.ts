import type { RefusalCode } from '../../base/code.ts';

/** A name inside a ZIP, checked. */
export type EntryName = { segments: string[]; isFolder: boolean } | { code: RefusalCode; what: string };

const maxSegmentBytes = 255;
const maxNameBytes = 1024;

/** Splits a name into its folders, or says why it must not be unpacked. */
export function parseEntryName(name: string): EntryName {
  const refuse = (code: RefusalCode, what: string): EntryName => ({ code, what });
  if (name === '') return refuse('ZIP_INVALID', 'has no name');
  // Unprintable characters can end a name early or hide what it is.
  if (/[\p{Cc}\uFFFD]|\p{Cs}/u.test(name))
    return refuse('ZIP_INVALID', 'has a name with control characters or wrong encoding');
  if (Buffer.byteLength(name) > maxNameBytes)
    return refuse('ZIP_INVALID', `has a name of more than ${maxNameBytes} bytes`);
  if (name.includes('\\')) return refuse('PATH_ESCAPES', 'has a backslash in its name');
  if (name.startsWith('/')) return refuse('PATH_ESCAPES', 'has an absolute name');
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return refuse('PATH_ESCAPES', 'leaves the package through ".."');
  if (segments.some((segment) => /^[A-Za-z]:/.test(segment))) return refuse('PATH_ESCAPES', 'names a drive');
  if (segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes)) {
    return refuse('ZIP_INVALID', `has a name part of more than ${maxSegmentBytes} bytes`);
  }
  return { segments, isFolder: /(^|\/)\.?$/.test(name) };
}

/** Equal for names that are the same for some file system. */
export function sameFileKey(segments: string[]): string {
  return segments.join('/').normalize('NFC').toUpperCase().toLowerCase();
}
