import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { quoteWord } from '../base/quote-word.ts';
import { findDistrust } from './find-distrust.ts';
import { makePrivateFolder } from './make-private-folder.ts';

/**
 * Makes a folder inside the state folder, both only for their owner: sessions contain unmasked secrets.
 * @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export function makeStateFolder(stateDir: string, name: string): string {
  const folder = path.join(stateDir, name);
  try {
    if (makePrivateFolder(stateDir)) writeFileSync(path.join(stateDir, '.gitignore'), '*\n'); // nobody wants to commit it
    makePrivateFolder(folder);
  } catch (cause) {
    throw new PluginHostError(
      'STATE_UNWRITABLE',
      `${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Name a writable folder with --state or PLUGIN_HOST_STATE.',
        cause,
      },
    );
  }
  requireTrusted([stateDir, folder]); // another user may have been faster
  return folder;
}

/**
 * Refuses a state folder into which another user could put something: sessions, unpacked packages and interpreters are used without
 * a further check. It need not exist. @throws PluginHostError STATE_UNTRUSTED
 */
export function requireTrustedState(stateDir: string): void {
  requireTrusted([stateDir, ...namesIn(stateDir).map((name) => path.join(stateDir, name))]);
}

/** For folders that exist already. @throws PluginHostError STATE_UNTRUSTED */
export function requireTrusted(files: readonly string[]): void {
  for (const file of files) {
    const distrust = findDistrust(file);
    if (distrust === undefined) continue;
    const other = 'another folder with --state or PLUGIN_HOST_STATE';
    const hint = distrust.startsWith('belongs')
      ? `Name ${other}, or remove this one if nobody needs it.`
      : `\`chmod go-w ${quoteWord(file)}\` once you know what is in it, or name ${other}.`;
    throw new PluginHostError('STATE_UNTRUSTED', `${file}: ${distrust}, so sessions and code in it may be theirs`, {
      hint,
    });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it does not exist, or the code that needs it reports the error
  }
}
