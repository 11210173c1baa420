import { unnamedPattern } from '../store/require-session-name.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

/** Unnamed sessions that are kept. Source: product contract, "Sessions". */
export const keptUnnamed = 20;

/** Removes the oldest sessions without a name of the user's, beyond those that are kept. One whose call is running stays. */
export async function trimUnnamed(
  store: Pick<StoredSessions, 'names' | 'look' | 'readFacts' | 'callUnderWay' | 'remove'>,
): Promise<void> {
  const names = (await store.names()).filter((name) => unnamedPattern.test(name));
  if (names.length <= keptUnnamed) return;
  const found: { name: string; at: string }[] = [];
  for (const name of names) {
    try {
      const { origin } = await store.readFacts(name);
      const { lastAt, createdAt } = await store.look(name, (reader) => reader.summary());
      if (origin === 'simulate') found.push({ name, at: lastAt ?? createdAt });
    } catch {
      // what cannot be read is removed by hand
    }
  }
  found.sort((a, b) => b.at.localeCompare(a.at));
  for (const { name } of found.slice(keptUnnamed)) {
    if ((await store.callUnderWay(name)) === undefined) await store.remove(name).catch(() => undefined); // another host was faster
  }
}
