import { open, stat } from 'node:fs/promises';

/** The first `limitBytes` of a file and its whole size; or words that say why it cannot be read. */
export type FileStart = { bytes: Buffer; sizeBytes: number } | { fault: string };

/** Reads the start of a regular file. Other kinds are not even opened: a named pipe would block. */
export async function readPackageFile(path: string, limitBytes: number): Promise<FileStart> {
  try {
    if (!(await stat(path)).isFile()) return { fault: 'is not a regular file' };
    await using file = await open(path);
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, limitBytes));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { bytes: bytes.subarray(0, length), sizeBytes: size };
  } catch (error) {
    return { fault: `cannot be read (${systemCode(error)})` };
  }
}

/** The system's name for the failure, such as `EACCES`. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
