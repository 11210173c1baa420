import type { JsonObject } from '../../base/json.ts';
import { type Cookies, emptyCookies } from '../call/cookies.ts';
import type { Held, SessionChange, SessionState } from './session-state.ts';

/** A session that lives as long as the program. */
export class MemorySession implements SessionState {
  readonly #cookies: Map<string, string>;
  #sessionCookie: string;
  #answers: JsonObject;
  #secretAnswers: readonly string[];
  #secrets: () => readonly string[];

  /** @param held What it continues from; default: nothing. */
  constructor(held?: Held) {
    this.#cookies = new Map(Object.entries(held?.cookies ?? {}));
    this.#sessionCookie = held?.sessionCookie ?? emptyCookies.session_cookie;
    this.#answers = held?.answers ?? {};
    this.#secretAnswers = held?.secretAnswers ?? [];
    this.#secrets = () => held?.knownSecrets ?? [];
  }

  cookiesOf(plugin: string): Cookies {
    return { cookie: this.#cookies.get(plugin) ?? emptyCookies.cookie, session_cookie: this.#sessionCookie };
  }

  answers(): JsonObject {
    return this.#answers;
  }

  secretAnswers(): readonly string[] {
    return this.#secretAnswers;
  }

  knownSecrets(): readonly string[] {
    return this.#secrets();
  }

  begin(): void {
    // Nobody can watch it.
  }

  commit({ plugin, cookies, answers, secretAnswers, step }: SessionChange): void {
    this.#cookies.set(plugin, cookies.cookie);
    this.#sessionCookie = cookies.session_cookie;
    this.#answers = answers;
    this.#secretAnswers = secretAnswers;
    this.#secrets = () => step.secrets.values;
  }

  tell(): void {
    // Nobody can ask for it.
  }

  close(): void {
    // Nothing is held.
  }
}
