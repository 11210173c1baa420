import { PluginHostError } from '../base/plugin-host-error.ts';
import { describeFileFault } from './describe-file-fault.ts';

/** Why a file that the user has named cannot be written. @param hint What to name instead */
export function fileUnwritable(
  file: string,
  cause: unknown,
  hint = 'Name a file that can be written.',
): PluginHostError {
  return new PluginHostError('FILE_UNWRITABLE', `${file}: ${describeFileFault(cause)}`, { hint, cause });
}
