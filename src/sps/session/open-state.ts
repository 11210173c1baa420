import type { Clock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Recorder } from '../recording/recorder.ts';
import { MemorySession, type Unkept, UnkeptSession } from '../store/memory-session.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import type { Held, HeldSession, SessionChange, SessionState } from '../store/session-state.ts';
import type { StoredSessions, WaitOptions } from '../store/stored-sessions.ts';

/** Opens what the calls of a session share, for one call. */
export type OpenState = (options: WaitOptions) => Promise<SessionState>;

/** Where the calls of a session are kept. */
export interface StoredAs {
  store: StoredSessions;
  name: string;
  /** What is known about the session when it is new. */
  first?: Partial<SessionFacts>;
}

/**
 * How the calls of one session get what they share: from the store, or from memory without one. When a call cannot be stored, the later ones
 * continue from its result.
 * @param recorder Of calls that are not stored.
 */
export function createStateOpener(stored: StoredAs | undefined, recorder?: Recorder): OpenState {
  const memory = new MemorySession();
  let lost: UnkeptSession | undefined;
  let known: Held | undefined;
  return async (options) => {
    if (stored === undefined) return (await recorder?.watch(memory)) ?? memory;
    if (lost !== undefined) return lost;
    const { store, name, first = {} } = stored;
    const unkept: Unkept = {
      onLost: (session) => {
        lost = session;
      },
      tellLater: store.tellLater && ((facts) => store.tellLater?.(name, facts)),
    };
    try {
      const session = await store.open(name, { ...options, first });
      if (session instanceof UnkeptSession) return (lost = session);
      return watchCommit(session, unkept, (held) => {
        known = held;
      });
    } catch (failure) {
      if (known === undefined || !isUnreachable(failure)) throw failure;
      return new UnkeptSession(failure, known, unkept); // of what this process has stored itself
    }
  };
}

function isUnreachable(failure: unknown): failure is PluginHostError {
  return failure instanceof PluginHostError && failure.code === 'STATE_UNREACHABLE';
}

/** Stores what became known about a session between its calls. @throws PluginHostError that says why it cannot be stored */
export async function tellSession(
  openState: OpenState,
  facts: Partial<SessionFacts>,
  options: WaitOptions = {},
): Promise<void> {
  const state = await openState(options);
  try {
    await state.tell(facts);
  } finally {
    await state.close();
  }
}

interface Closing {
  clock: Clock;
  signal: AbortSignal;
  /** What was known of the session until now: one of a gateway that was killed has ended with it. */
  facts?: SessionFacts;
}

/** Records that a session was ended from outside. If that cannot be stored, the call before it has reported that. @throws the reason of the signal */
export async function tellClosed(openState: OpenState, { clock, signal, facts }: Closing): Promise<void> {
  const endedAt = clock().toISOString();
  const gateway = facts?.gateway ?? null;
  const others =
    gateway === null || facts?.owner === null
      ? { ended: 'closed' }
      : { ended: 'gateway-stopped', gateway: { ...gateway, endedAt, reason: 'the gateway was killed' } };
  try {
    await tellSession(openState, { ...others, endedAt, owner: null }, { signal });
  } catch (failure) {
    if (!(failure instanceof PluginHostError)) throw failure;
  }
}

function watchCommit(session: HeldSession, unkept: Unkept, onKept: (held: Held) => void): SessionState {
  return {
    cookiesOf: (plugin) => session.cookiesOf(plugin),
    answers: () => session.answers(),
    secretAnswers: () => session.secretAnswers(),
    knownSecrets: () => session.knownSecrets(),
    begin: (call) => session.begin(call),
    async tell(facts) {
      try {
        await session.tell(facts);
      } catch (failure) {
        if (isUnreachable(failure)) unkept.tellLater?.(facts);
        throw failure;
      }
    },
    async commit(change) {
      const held = session.held();
      try {
        await session.commit(change);
      } catch (failure) {
        if (!(failure instanceof PluginHostError)) throw failure;
        new UnkeptSession(failure, held, unkept).commit(change);
      }
      if (unkept.tellLater !== undefined) onKept(heldAfter(held, change));
    },
    close: () => session.close(),
  };
}

function heldAfter({ cookies }: Held, { plugin, cookies: own, answers, secretAnswers, step }: SessionChange): Held {
  return {
    cookies: { ...cookies, [plugin]: own.cookie },
    sessionCookie: own.session_cookie,
    answers,
    secretAnswers: [...secretAnswers],
    knownSecrets: [...step.secrets.values],
  };
}
