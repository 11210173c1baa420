import type { StatePlace } from '../../state/state-place.ts';
import { SessionStore } from '../store/session-store.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

/** The stored sessions of a state; its address wins over its folder. @throws PluginHostError STATE_UNREACHABLE */
export async function openStore({ stateDir }: StatePlace): Promise<StoredSessions> {
  return Promise.resolve(new SessionStore(stateDir));
}
