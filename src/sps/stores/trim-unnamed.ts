import { unnamedPattern } from '../store/require-session-name.ts';
import { noSteps, type StoredSessions } from '../store/stored-sessions.ts';

/** Unnamed sessions that are kept. Source: product contract, "Sessions". */
export const keptUnnamed = 20;

/** Removes the oldest sessions without a name of the user's, beyond those that are kept. One whose call is running stays. */
export async function trimUnnamed(
  store: Pick<StoredSessions, 'names' | 'look' | 'callUnderWay' | 'remove'>,
): Promise<void> {
  const names = (await store.names()).filter((name) => unnamedPattern.test(name));
  if (names.length <= keptUnnamed) return;
  const found: { name: string; at: string }[] = [];
  for (const name of names) {
    try {
      const { facts, summary } = await store.look(
        name,
        (reader) => ({ facts: reader.facts(), summary: reader.summary() }),
        noSteps,
      );
      if (facts.origin === 'simulate') found.push({ name, at: summary.lastAt ?? summary.createdAt });
    } catch {
      // what cannot be read is removed by hand
    }
  }
  found.sort((a, b) => b.at.localeCompare(a.at));
  for (const { name } of found.slice(keptUnnamed)) {
    if ((await store.callUnderWay(name)) === undefined) await store.remove(name).catch(() => undefined); // another host was faster
  }
}
