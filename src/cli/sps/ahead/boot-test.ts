import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { WarmShims } from '../../../sps/invocation/warm-shims.ts';
import { findPluginHere } from '../../../sps/package/find-plugin-here.ts';
import { compiledAhead } from '../../../sps/services/provide-appliance.ts';
import { chooseAhead } from './choose-ahead.ts';

export type BootedServer = Pick<WarmShims, 'close'>;

/**
 * Starts the server of the plugin's processes while the rest of the host is still being loaded. The tests find it by what it was started with; where
 * they need another one, this one is ended unused. Undefined when there is no indication.
 */
export function bootTest(args: readonly string[]): BootedServer | undefined {
  if (['--cold', '--list', '--matrix'].some((each) => args.includes(each))) return undefined;
  const isOfPlugin = (folder: string | undefined): folder is string =>
    folder !== undefined && existsSync(path.join(folder, 'main.py'));
  // Words may also be values of options: an interpreter, a report.
  const folder = [...args.slice(1).map(folderOf), findPluginHere(process.cwd())].find(isOfPlugin);
  if (folder === undefined) return undefined;
  const settings = chooseAhead(args, folder);
  if (settings === undefined) return undefined;
  const root = realpathSync(folder);
  const shims = new WarmShims({ language: 'python', root }, { ...settings, ahead: compiledAhead });
  shims.warmUp().catch(() => undefined);
  return shims;
}

function folderOf(word: string): string | undefined {
  const found = word.startsWith('-') ? undefined : statSync(word, { throwIfNoEntry: false });
  return found === undefined ? undefined : found.isDirectory() ? word : path.dirname(word);
}
