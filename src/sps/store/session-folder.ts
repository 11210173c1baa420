import { lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { guardDatabase } from '../../state/database-fault.ts';
import { requireTrusted } from '../../state/make-state-folder.ts';
import { requireSessionName, sessionNotFound } from './require-session-name.ts';
import { sessionFormat } from './session-format.ts';

const extension = '.db';

/** The folder of a state folder in which sessions are stored, a file each. It need not be there. */
export class SessionFolder {
  readonly path: string;
  readonly #stateDir: string;

  constructor(stateDir: string) {
    this.#stateDir = stateDir;
    this.path = path.join(stateDir, 'sessions');
  }

  /** The names of everything that could be a session. @throws PluginHostError STATE_UNTRUSTED, STORE_UNREADABLE */
  names(): string[] {
    requireTrusted([this.#stateDir, this.path]);
    return guardDatabase(this.path, sessionFormat, () => {
      if (statSync(this.path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
      const files = readdirSync(this.path).filter((file) => file.endsWith(extension));
      return files.map((file) => file.slice(0, -extension.length)).sort();
    });
  }

  /** Whether or not it exists. @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED */
  fileOf(name: string): string {
    requireTrusted([this.#stateDir, this.path]);
    requireSessionName(name);
    return path.join(this.path, name + extension);
  }

  /** @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED, STORE_UNREADABLE when the folder cannot be read */
  has(name: string): boolean {
    return this.#isThere(this.fileOf(name));
  }

  #isThere(file: string): boolean {
    const stats = guardDatabase(file, sessionFormat, () => lstatSync(file, { throwIfNoEntry: false }));
    return stats !== undefined && (!stats.isFile() || stats.size > 0);
  }

  /** The file of a session that exists. @throws PluginHostError SESSION_NOT_FOUND, and as `has` */
  require(name: string): string {
    const file = this.fileOf(name);
    if (this.#isThere(file)) return file;
    throw sessionNotFound(name, this.names(), this.path);
  }
}
