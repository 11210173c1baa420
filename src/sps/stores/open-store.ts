import type { StatePlace } from '../../state/state-place.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

/** The stored sessions of a state; its address wins over its folder. @throws PluginHostError STATE_UNREACHABLE */
export async function openStore({ stateDir, stateUrl }: StatePlace): Promise<StoredSessions> {
  if (stateUrl !== undefined) return (await import('./redis-store.ts')).RedisStore.open(stateUrl);
  const { SessionStore } = await import('../store/session-store.ts');
  return new SessionStore(stateDir);
}
