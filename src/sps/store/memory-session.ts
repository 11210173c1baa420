import type { JsonObject } from '../../base/json.ts';
import type { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Cookies, emptyCookies } from '../call/cookies.ts';
import type { SessionFacts } from './session-facts.ts';
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

export interface Unkept {
  /** Is told that a call was not stored. */
  onLost?: (session: UnkeptSession) => void;
  /** Stores facts once that is possible again. */
  tellLater?: ((facts: Partial<SessionFacts>) => void) | undefined;
}

/** A session that can be read but not written, as on a full disk. It continues in memory, and every call says that it is not stored. */
export class UnkeptSession extends MemorySession {
  readonly #reason: PluginHostError;
  readonly #unkept: Unkept;

  /** @param held What the session holds; undefined when there is none. */
  constructor(reason: PluginHostError, held: Held | undefined, unkept: Unkept = {}) {
    super(held);
    this.#reason = reason;
    this.#unkept = unkept;
  }

  /** @throws PluginHostError that says why it is not stored */
  override commit(change: SessionChange): void {
    super.commit(change);
    this.#unkept.onLost?.(this);
    throw this.#reason;
  }

  override tell(facts: Partial<SessionFacts> = {}): void {
    this.#unkept.tellLater?.(facts);
  }
}
