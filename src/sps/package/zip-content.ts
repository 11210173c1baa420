import type { RefusalCode } from '../../base/code.ts';

/** An archive, unpacked in memory. */
export interface ZipContent {
  /** Folders, also those without files. */
  folders: string[][];
  files: { segments: string[]; bytes: Buffer; isExecutable: boolean }[];
}

/** What is wrong with an archive; `entry` is the name inside it, undefined for the archive as a whole. */
export interface ZipFault {
  code: RefusalCode;
  entry: string | undefined;
  what: string;
}

/** Source: credential store guide 5.9, packaging ("20 megabytes"); `pluginv` counts them as 20 × 1024 × 1024 bytes. */
export const maxZipBytes = 20 * 1024 * 1024;
