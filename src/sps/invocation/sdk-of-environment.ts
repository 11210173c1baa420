import path from 'node:path';

/** The release of the SDK in an environment of `python install`, by its interpreter's path; undefined for any other interpreter. */
export function sdkOfEnvironment(interpreter: string): string | undefined {
  return /^sdk-(\d[^/-]*)/.exec(path.basename(path.dirname(path.dirname(interpreter))))?.[1];
}
