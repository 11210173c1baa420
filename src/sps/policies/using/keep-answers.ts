import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeStateFolder } from '../../../state/make-state-folder.ts';
import { temporaryName } from '../../../state/remove-abandoned.ts';

/** A call that began before the last commits still finds its own. */
const kept = 8;

/** Writes answers into the state folder, once for each content, and removes old ones. Gives the file. @throws PluginHostError STATE_UNWRITABLE, … */
export function keepAnswers(stateDir: string, json: string): string {
  const folder = makeStateFolder(path.resolve(stateDir), 'answers');
  const file = path.join(folder, `${createHash('sha256').update(json).digest('hex')}.json`);
  if (existsSync(file)) {
    const now = new Date();
    utimesSync(file, now, now); // used last
    return file;
  }
  const temporary = path.join(folder, temporaryName(path.basename(file)));
  writeFileSync(temporary, json, { mode: 0o400, flag: 'wx' });
  renameSync(temporary, file);
  const old = readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((each) => each !== file)
    .map((each) => ({ each, usedMs: statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.usedMs - one.usedMs)
    .slice(kept - 1);
  for (const { each } of old) rmSync(each, { force: true });
  return file;
}
