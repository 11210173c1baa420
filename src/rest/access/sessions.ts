import { createHash, randomBytes } from 'node:crypto';
import type { Draft } from '../../sps/policies/draft.ts';
import type { Account } from './accounts.ts';

/** Somebody who is logged in. */
export interface Session {
  /** SHA-256 of its id in hex. The id itself is kept nowhere. */
  readonly hash: string;
  readonly account: Account;
  /** Of clients that are browsers. */
  readonly token: string;
  lastMs: number;
  isEnded: boolean;
  /** Its open transaction. */
  draft: Draft | undefined;
}

export interface SessionLimits {
  sessionIdleMs: number;
  transactionIdleMs: number;
}

const maxSessions = 1000;

/** Who is logged in, in memory only. */
export class Sessions {
  readonly #limits: SessionLimits;
  readonly #nowMs: () => number;
  /** The longest idle first. */
  readonly #sessions = new Map<string, Session>();
  readonly #onEnd: (session: Session) => void;

  /** @param onEnd Is told of a session that ended, whatever ended it */
  constructor(limits: SessionLimits, nowMs: () => number, onEnd: (session: Session) => void) {
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#onEnd = onEnd;
  }

  /** A new one, whatever the client brought along. */
  create(account: Account): { id: string; session: Session } {
    this.#makeRoom();
    const id = randomBytes(20).toString('hex');
    const session = {
      hash: hashOf(id),
      account,
      token: randomBytes(20).toString('hex'),
      lastMs: this.#nowMs(),
      isEnded: false,
      draft: undefined,
    };
    this.#sessions.set(session.hash, session);
    return { id, session };
  }

  /** The session of an id, unless it has expired; a request renews it. */
  find(id: string): Session | undefined {
    if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
    const session = this.#sessions.get(hashOf(id));
    if (session === undefined) return undefined;
    if (this.#isExpired(session)) {
      this.end(session);
      return undefined;
    }
    this.renew(session);
    return session;
  }

  renew(session: Session): void {
    session.lastMs = this.#nowMs();
    this.#sessions.delete(session.hash);
    this.#sessions.set(session.hash, session);
  }

  end(session: Session): void {
    if (this.#sessions.delete(session.hash)) this.#onEnd(session);
    session.isEnded = true;
    session.draft = undefined;
  }

  /** The session that holds the open transaction; of several any. */
  findHolder(): Session | undefined {
    for (const session of this.#sessions.values()) {
      if (session.draft === undefined) continue;
      if (!this.#isExpired(session)) return session;
      this.end(session);
    }
    return undefined;
  }

  /** Until it expires without another request. */
  remainingSeconds({ draft, lastMs }: Session): number {
    const { sessionIdleMs, transactionIdleMs } = this.#limits;
    const idleMs = draft === undefined ? sessionIdleMs : Math.min(sessionIdleMs, transactionIdleMs);
    return Math.max(0, Math.ceil((lastMs + idleMs - this.#nowMs()) / 1000));
  }

  /** When its cookie expires. */
  expiresMs({ lastMs }: Session): number {
    return lastMs + this.#limits.sessionIdleMs;
  }

  #isExpired({ draft, lastMs }: Session): boolean {
    const { sessionIdleMs, transactionIdleMs } = this.#limits;
    const idleMs = this.#nowMs() - lastMs;
    return idleMs >= sessionIdleMs || (draft !== undefined && idleMs >= transactionIdleMs);
  }

  #makeRoom(): void {
    for (const session of this.#sessions.values()) {
      if (!this.#isExpired(session)) break;
      this.end(session);
    }
    if (this.#sessions.size < maxSessions) return;
    const all = [...this.#sessions.values()];
    const oldest = all.find(({ draft }) => draft === undefined) ?? all[0];
    if (oldest !== undefined) this.end(oldest);
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
