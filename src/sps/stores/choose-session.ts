import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

const mostNamed = 10;

/** Of `StoredSessions`, what choosing a session needs. */
type Listed = Pick<StoredSessions, 'place' | 'names' | 'list'>;

/**
 * The name of the session that is meant: the given one, the only one that begins so, or without one the last one that was called.
 * @param isHidden Of a session that nobody made: it is never the last one
 * @throws PluginHostError USAGE when several begin so, SESSION_NOT_FOUND when there is none
 */
export async function chooseSession(
  store: Listed,
  given: string | undefined,
  isHidden: (name: string) => boolean,
): Promise<string> {
  if (given === undefined) return findLast(store, isHidden);
  const names = await store.names();
  const [only, ...others] = names.includes(given) ? [given] : names.filter((name) => name.startsWith(given));
  if (only === undefined || given === '') return given; // whoever looks for it says that it is not there
  if (others.length === 0) return only;
  const named = [only, ...others].slice(0, mostNamed).join(', ');
  throw new PluginHostError('USAGE', `${given}: ${others.length + 1} sessions begin so`, {
    hint: `Which one? ${named}${others.length < mostNamed ? '' : ', …'}`,
  });
}

async function findLast(store: Listed, isHidden: (name: string) => boolean): Promise<string> {
  const called = (await store.list()).filter(({ name, steps }) => steps > 0 && !isHidden(name));
  const [last] = called.sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? ''));
  if (last !== undefined) return last.name;
  throw new PluginHostError('SESSION_NOT_FOUND', `no session in ${store.place}`, {
    hint: '`plugin-host simulate` makes one, and so does `plugin-host invoke HOOK --session NAME`; -p names the plugin, --state the state folder.',
  });
}
