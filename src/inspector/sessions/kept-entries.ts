import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { pid } from 'node:process';
import { indexFileOf } from '../../sps/store/index-file-of.ts';
import type { SessionEntry } from './session-entry.ts';

/** Changes with what is kept and with how it is computed. */
const format = 2;
/** So many sessions are read as fast as what is kept of them. */
const fewSessions = 100;

/** Masked, and without what is secret. */
type KeptEntry = Pick<SessionEntry, 'element' | 'facets'> & { stamp: string };

/** What an inspector has read of all sessions, in a file for the next one. Each entry holds while the file of its session has its stamp. */
export class KeptEntries {
  readonly #file: string;
  #entries: ReadonlyMap<string, KeptEntry>;

  constructor(stateDir: string) {
    this.#file = indexFileOf(stateDir);
    this.#entries = readEntries(this.#file);
  }

  get(name: string): KeptEntry | undefined {
    return this.#entries.get(name);
  }

  /** Everything of it has been taken. */
  forget(): void {
    this.#entries = new Map();
  }

  /** @param anew How many of the entries were not kept */
  write(entries: readonly SessionEntry[], anew: number): void {
    if (entries.length < fewSessions || (anew < fewSessions && existsSync(this.#file))) return;
    const kept = entries.flatMap(({ stamp, element, facets }) =>
      stamp === undefined ? [] : [{ stamp, element, facets }],
    );
    const temporary = `${this.#file}.${pid}`;
    try {
      writeFileSync(temporary, JSON.stringify({ format, entries: kept }), { mode: 0o600, flag: 'wx' });
      renameSync(temporary, this.#file);
    } catch {
      rmSync(temporary, { force: true }); // the sessions are read again next time
    }
  }
}

/** None when they cannot be read: everything in them is in the sessions too. */
function readEntries(file: string): Map<string, KeptEntry> {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { format: number; entries: KeptEntry[] };
    return new Map(kept.format === format ? kept.entries.map((entry) => [entry.element.name, entry]) : []);
  } catch {
    return new Map();
  }
}
