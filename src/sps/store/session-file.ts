import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import { HeldDatabase, type HoldOptions } from '../../state/held-database.ts';
import { type Cookies, emptyCookies } from '../call/cookies.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { type SessionFacts, unknownFacts } from './session-facts.ts';
import { columnsOf, sessionFormat } from './session-format.ts';
import { SessionReader } from './session-reader.ts';
import { DatabaseRows } from './session-rows.ts';
import type { BegunCall, Held, HeldSession, SessionChange } from './session-state.ts';

/** How watchers of a session are notified. */
export interface SessionSigns {
  changed: () => void;
  /** @param n Number of the step that it will be. */
  begun: (call: BegunCall, n: number) => void;
  /** The call of `begun` is over, stored or not. */
  over: () => void;
}

/** One stored session, held for a call: a write transaction, so calls of one session never overlap. */
export class SessionFile implements HeldSession {
  readonly #held: HeldDatabase;
  readonly #signs: SessionSigns;
  #isBegun = false;
  #taken: Held | undefined;

  private constructor(held: HeldDatabase, signs: SessionSigns) {
    this.#held = held;
    this.#signs = signs;
  }

  /**
   * Undefined while another call holds the session.
   * @param first What is known of the session when it is new.
   * @throws PluginHostError STORE_UNREADABLE, STATE_UNTRUSTED, FORMAT_TOO_NEW
   */
  static lock(
    file: string,
    signs: SessionSigns,
    first: Partial<SessionFacts>,
    options?: HoldOptions,
  ): SessionFile | undefined {
    const onNew = (database: DatabaseSync): void => {
      database
        .prepare(
          "INSERT INTO session (created_at, session_cookie, answers, secret_answers) VALUES (?, '{}', '{}', '[]')",
        )
        .run(systemClock().toISOString());
      keepFacts(database, first);
    };
    const held = HeldDatabase.hold(file, sessionFormat, onNew, options);
    return held && new SessionFile(held, signs);
  }

  /** A session that is held is never of an older format. */
  #read<T>(use: (reader: SessionReader) => T): T {
    return this.#held.read((database) =>
      use(new SessionReader(new DatabaseRows(database), sessionFormat.upgrades.length)),
    );
  }

  held(): Held {
    return (this.#taken ??= this.#read((reader) => reader.held()));
  }

  cookiesOf(plugin: string): Cookies {
    const { cookies, sessionCookie } = this.held();
    return { cookie: cookies[plugin] ?? emptyCookies.cookie, session_cookie: sessionCookie };
  }

  answers(): JsonObject {
    return this.held().answers;
  }

  secretAnswers(): string[] {
    return this.held().secretAnswers;
  }

  knownSecrets(): string[] {
    return this.held().knownSecrets;
  }

  facts(): SessionFacts {
    return this.#read((reader) => reader.facts());
  }

  steps(): StoredStep[] {
    return this.#read((reader) => reader.steps());
  }

  begin(call: BegunCall): void {
    this.#isBegun = true;
    this.#signs.begun(call, this.#read((reader) => reader.count()) + 1);
  }

  /** Replaces the content by that of an imported session, and releases it. @throws PluginHostError STORE_UNREADABLE */
  fill(content: SessionContent, facts: Partial<SessionFacts>): void {
    const { createdAt, masked, sessionCookie, cookies, answers, secretAnswers, steps } = content;
    this.#write((database) => {
      database.exec('DELETE FROM steps; DELETE FROM cookies');
      database
        .prepare('UPDATE session SET created_at = ?, session_cookie = ?, answers = ?, secret_answers = ?, masked = ?')
        .run(createdAt, sessionCookie, JSON.stringify(answers), JSON.stringify(secretAnswers), Number(masked));
      keepFacts(database, { ...unknownFacts, ...facts, origin: 'import' });
      for (const [plugin, cookie] of Object.entries(cookies)) keepCookie(database, plugin, cookie);
      for (const step of steps) addStep(database, step);
    });
  }

  commit({ plugin, cookies, answers, secretAnswers, step, facts = {} }: SessionChange): void {
    this.#write((database) => {
      database
        .prepare('UPDATE session SET session_cookie = ?, answers = ?, secret_answers = ?')
        .run(cookies.session_cookie, JSON.stringify(answers), JSON.stringify(secretAnswers));
      keepCookie(database, plugin, cookies.cookie);
      addStep(database, step);
      keepFacts(database, facts);
    });
  }

  tell(facts: Partial<SessionFacts>): void {
    this.#write((database) => {
      keepFacts(database, facts);
    });
  }

  #write(change: (database: DatabaseSync) => void): void {
    this.#held.commit(change);
    if (!this.#isBegun) this.#signs.changed();
    this.close();
  }

  close(): void {
    this.#held.close();
    if (!this.#isBegun) return;
    this.#isBegun = false;
    this.#signs.over();
  }
}

function keepFacts(database: DatabaseSync, facts: Partial<SessionFacts>): void {
  const columns = columnsOf(facts);
  if (columns.length === 0) return;
  database
    .prepare(`UPDATE session SET ${columns.map(([column]) => `${column} = ?`).join(', ')}`)
    .run(...columns.map(([, value]) => value));
}

function keepCookie(database: DatabaseSync, plugin: string, cookie: string): void {
  database.prepare('INSERT OR REPLACE INTO cookies VALUES (?, ?)').run(plugin, cookie);
}

function addStep(database: DatabaseSync, { startedAt, record, logLines, secrets, input }: SessionChange['step']): void {
  database
    .prepare('INSERT INTO steps (started_at, record, log_lines, secrets, input) VALUES (?, ?, ?, ?, ?)')
    .run(startedAt, ...[record, logLines, secrets, input].map((each) => JSON.stringify(each)));
}
