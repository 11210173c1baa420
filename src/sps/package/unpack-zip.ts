import { PluginHostError } from '../../base/plugin-host-error.ts';
import { readPackageFile } from '../manifest/read-package-file.ts';
import { unpackOnce } from './unpack-once.ts';
import { maxZipBytes, type ZipFault } from './zip-content.ts';

/** A ZIP on disk, unpacked; or what is wrong with it. */
export type UnpackedZip = { root: string; sizeBytes: number } | ZipFault[];

/**
 * Goes into the name of an unpacked archive. It changes whenever the same archive is unpacked in another way, so that a folder of an
 * older version is not taken for one of this version. Before this text existed, files were unpacked without their executable bit.
 */
const format = 'unpacked with executable bits\n';

/**
 * Unpacks an archive into the state folder, once for each content: `packages/<SHA-256 of format and content>/`.
 * @throws PluginHostError PACKAGE_NOT_FOUND when it cannot be read, STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export async function unpackZip(zipPath: string, stateDir: string): Promise<UnpackedZip> {
  const file = await readPackageFile(zipPath, maxZipBytes);
  if ('fault' in file) {
    const hint = 'Check the permissions of the file.';
    throw new PluginHostError('PACKAGE_NOT_FOUND', `${zipPath}: ${file.fault}`, { hint });
  }
  const { bytes, sizeBytes } = file;
  if (sizeBytes > maxZipBytes) {
    const what = `must have at most ${maxZipBytes} bytes, got ${sizeBytes}`;
    return [{ code: 'ZIP_TOO_LARGE', entry: undefined, what }];
  }
  const root = await unpackOnce(bytes, stateDir, { format, isReadOnly: false });
  return Array.isArray(root) ? root : { root, sizeBytes };
}
