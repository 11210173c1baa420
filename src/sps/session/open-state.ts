import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { SessionFile } from '../store/session-file.ts';
import type { SessionStore, WaitOptions } from '../store/session-store.ts';
import { MemorySession } from './memory-session.ts';
import type { SessionState } from './session-state.ts';
import { UnkeptSession } from './unkept-session.ts';

/** Opens what the calls of a session share, for one call. */
export type OpenState = (options: WaitOptions) => Promise<SessionState>;

/**
 * How the calls of one session get what they share: from the store, or from memory without one. When a call cannot be kept, the later ones
 * go on from what it came to.
 */
export function createStateOpener(stored: { store: SessionStore; name: string } | undefined): OpenState {
  const memory = new MemorySession();
  let lost: UnkeptSession | undefined;
  return async (options) => {
    if (stored === undefined) return memory;
    if (lost !== undefined) return lost;
    const session = await stored.store.open(stored.name, options);
    if (session instanceof UnkeptSession) return (lost = session);
    return watchCommit(session, (unkept) => {
      lost = unkept;
    });
  };
}

function watchCommit(session: SessionFile, onLost: (session: UnkeptSession) => void): SessionState {
  return {
    cookiesOf: (plugin) => session.cookiesOf(plugin),
    answers: () => session.answers(),
    secretAnswers: () => session.secretAnswers(),
    knownSecrets: () => session.knownSecrets(),
    commit(change) {
      const held = session.held();
      try {
        session.commit(change);
      } catch (failure) {
        if (!(failure instanceof PluginHostError)) throw failure;
        const unkept = new UnkeptSession(failure, held);
        onLost(unkept);
        unkept.commit(change);
      }
    },
    close: () => {
      session.close();
    },
  };
}
