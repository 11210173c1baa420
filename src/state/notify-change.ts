import { closeSync, constants, openSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeStateFolder } from './make-state-folder.ts';

/** The folder in the state folder whose entries come and go with what changes. */
export const changesFolder = 'changes';
/** Ends the name of an entry that exists only for a moment; no topic has it. */
const momentary = '~';
const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;

/**
 * Notifies everybody who watches the state folder that something has changed, once it is on disk. It takes two system calls, whether or not
 * somebody watches. A watcher that cannot be notified has to check by itself, so a failure is not reported.
 * @param topic What has changed: a file name of letters, digits, `.`, `_`, `-`
 */
export function notifyChange(stateDir: string, topic: string): void {
  if (writeMark(stateDir, topic + momentary, '')) removeMark(stateDir, topic + momentary);
}

/** As `notifyChange`, with a text that can be read from now to `unmarkChange`. */
export function markChange(stateDir: string, topic: string, text: string): void {
  writeMark(stateDir, topic, text);
}

/** As `notifyChange`, and removes what `markChange` left. */
export function unmarkChange(stateDir: string, topic: string): void {
  removeMark(stateDir, topic);
}

/** Where `markChange` leaves its text. */
export function markOf(stateDir: string, topic: string): string {
  return path.join(stateDir, changesFolder, topic);
}

/** The topic of an entry of the folder. */
export function topicOf(entry: string): string {
  return entry.endsWith(momentary) ? entry.slice(0, -momentary.length) : entry;
}

function writeMark(stateDir: string, entry: string, text: string): boolean {
  try {
    const descriptor = openMark(stateDir, entry);
    try {
      if (text !== '') writeSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch {
    return false;
  }
}

function openMark(stateDir: string, entry: string): number {
  const open = (): number => openSync(markOf(stateDir, entry), O_CREAT | O_NOFOLLOW | O_TRUNC | O_WRONLY, 0o600);
  try {
    return open();
  } catch {
    makeStateFolder(stateDir, changesFolder); // only the first call needs it
    return open();
  }
}

function removeMark(stateDir: string, entry: string): void {
  try {
    unlinkSync(markOf(stateDir, entry));
  } catch {
    // Somebody else has, or the disk has become read-only.
  }
}
