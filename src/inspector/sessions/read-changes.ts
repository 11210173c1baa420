import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import { type Origin, origins } from '../../sps/store/session-facts.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';
import { emptyElement, type ReadEntry, readEntry, type SessionEntry, unreadEntry } from './session-entry.ts';

interface Changes extends Omit<ReadEntry, 'entry'> {
  entry: SessionEntry;
}

/** A session as it is now, and what it has more than before. Undefined: there is no such session, or nothing in it. */
export async function readChanges(
  store: StoredSessions,
  name: string,
  options: { former: SessionEntry | undefined; showSecrets: boolean; isTold: boolean },
): Promise<Changes | undefined> {
  const { former, isTold } = options;
  const running = isTold ? await store.callUnderWay(name) : undefined;
  if (!(await store.has(name))) {
    if (running === undefined) return undefined;
    const element = { ...emptyElement(name), origin: originOf(name), createdAt: running.startedAt };
    return { entry: { ...unreadEntry(element), running }, added: [], isOther: false };
  }
  const stamp = store.stampOf(name);
  const known = former?.secrets === undefined ? 0 : former.element.steps;
  const { entry, ...others } = await store.look(name, (reader) => readEntry(reader, name, options), known);
  const { steps } = entry.element;
  const isUnderWay = running !== undefined && running.n > steps;
  if (steps === 0 && !isUnderWay) return undefined;
  return { entry: { ...entry, running: isUnderWay ? running : undefined, stamp, isHead: false }, ...others };
}

function originOf(name: string): Origin | null {
  return origins.find((each) => isHiddenName(name) && name.startsWith(`_${each}-`)) ?? null;
}

/** Whether the place of the sessions cannot be reached at the moment. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof PluginHostError && error.code === 'STATE_UNREACHABLE';
}
