import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

/** A session of a gateway that lives is ended by that gateway. @throws PluginHostError SESSION_BUSY */
export async function requireFree(store: StoredSessions, name: string): Promise<void> {
  if (!(await isRunning(store, name))) return;
  throw new PluginHostError('SESSION_BUSY', `${name}: it runs in a gateway`, {
    hint: 'End its client, or the gateway.',
  });
}

async function isRunning(store: StoredSessions, name: string): Promise<boolean> {
  try {
    const facts = await store.readFacts(name);
    return facts.origin === 'gateway' && (await store.isRunning(facts));
  } catch (error) {
    if (error instanceof PluginHostError) return false; // it is not there, or cannot be read
    throw error;
  }
}
