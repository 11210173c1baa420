import { PluginHostError } from '../../base/plugin-host-error.ts';
import { unpackOnce } from './unpack-once.ts';

/** Not to be mixed up with a ZIP that a user names. */
const format = 'unpacked read-only\n';

/**
 * Unpacks a ZIP that has been checked before, read-only, once for each content; gives its folder.
 * @throws PluginHostError ZIP_INVALID when it is damaged, STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export async function unpackBytes(bytes: Buffer, stateDir: string): Promise<string> {
  const root = await unpackOnce(bytes, stateDir, { format, isReadOnly: true });
  if (!Array.isArray(root)) return root;
  throw new PluginHostError('ZIP_INVALID', `a stored package is damaged: ${root[0]?.what ?? 'unknown reason'}`, {
    hint: 'Upload it again.',
  });
}
