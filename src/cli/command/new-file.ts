import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { fileUnwritable } from '../../documents/file-unwritable.ts';

/** A file that a command is going to write. */
export type NewFile = string;

/** @param isForced Whether one that is there is replaced @throws PluginHostError FILE_EXISTS, FILE_UNWRITABLE: before anything is done */
export function requireNewFile(file: NewFile, isForced: boolean): void {
  if (existsSync(file) && !isForced)
    throw new PluginHostError('FILE_EXISTS', `${file} is there already`, {
      hint: 'Name another file, or replace it with --force.',
    });
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (cause) {
    throw fileUnwritable(file, cause);
  }
}

/** Only its owner may read it; one that is there is replaced. @throws PluginHostError FILE_UNWRITABLE */
export function writeNewFile(file: NewFile, text: string): void {
  try {
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw fileUnwritable(file, cause);
  }
}
