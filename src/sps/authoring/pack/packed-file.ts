import type { Problem } from '../../../base/problem.ts';

/** A file that goes into the ZIP. */
export interface PackedFile {
  /** Inside the ZIP, with `/`. */
  name: string;
  sizeBytes: number;
  /** By its owner; the only permission that is kept, as git does. */
  isExecutable: boolean;
  read: () => Promise<Buffer>;
}

/** What one place adds to the ZIP. */
export interface Collected {
  files: PackedFile[];
  /** Names that are left out; folders end in `/`. */
  leftOut: string[];
  problems: Problem[];
}

/** A file that is made here. */
export function textFile(name: string, text: string): PackedFile {
  const bytes = Buffer.from(text);
  return { name, sizeBytes: bytes.length, isExecutable: false, read: () => Promise.resolve(bytes) };
}

export function packError(code: Problem['code'], message: string, hint: string, file: string | null = null): Problem {
  return { level: 'error', code, message, hint, file, line: null };
}

export function packWarning(code: Problem['code'], message: string, hint: string): Problem {
  return { ...packError(code, message, hint), level: 'warning' };
}

/** By bytes, so that no locale changes the order. */
export function compareNames(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
