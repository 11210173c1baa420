import type { DatabaseSync } from 'node:sqlite';
import type { Row, StepRow } from './session-format.ts';

export interface CookieRow {
  plugin: string;
  cookie: string;
}

/** What is stored of a session, as it was written. */
export interface SessionRows {
  session: () => Row | undefined;
  /** By plugin. */
  cookies: () => CookieRow[];
  /** @param after Number of the step before the first one */
  steps: (after: number) => StepRow[];
  /** Of each step. */
  secrets: () => string[];
  /** Of steps. */
  count: () => number;
  lastStep: () => Pick<StepRow, 'n' | 'started_at' | 'record'> | undefined;
}

/** Of a database file. */
export class DatabaseRows implements SessionRows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  session(): Row | undefined {
    return this.#database.prepare('SELECT * FROM session').get() as unknown as Row | undefined;
  }

  cookies(): CookieRow[] {
    return this.#all<CookieRow>('SELECT plugin, cookie FROM cookies ORDER BY plugin');
  }

  steps(after: number): StepRow[] {
    const query = this.#database.prepare('SELECT * FROM steps WHERE n > ? ORDER BY n');
    return query.all(after) as unknown as StepRow[];
  }

  secrets(): string[] {
    return this.#all<Pick<StepRow, 'secrets'>>('SELECT secrets FROM steps').map(({ secrets }) => secrets);
  }

  count(): number {
    return (this.#database.prepare('SELECT count(*) AS count FROM steps').get() as { count: number }).count;
  }

  lastStep(): Pick<StepRow, 'n' | 'started_at' | 'record'> | undefined {
    return this.#all<StepRow>('SELECT n, started_at, record FROM steps ORDER BY n DESC LIMIT 1')[0];
  }

  #all<T>(query: string): T[] {
    return this.#database.prepare(query).all() as unknown as T[];
  }
}
