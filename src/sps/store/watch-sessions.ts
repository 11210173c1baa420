import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { changesFolder, markChange, markOf, notifyChange, unmarkChange } from '../../state/notify-change.ts';
import { isOwnerAlive } from '../../state/owner-lock.ts';
import { watchChanges } from '../../state/watch-changes.ts';
import type { SessionSigns } from './session-file.ts';
import type { RunningCall } from './stored-sessions.ts';

const changed = 'session.';
const running = 'call.';

/** Notifies watchers of a session. */
export function createSigns(stateDir: string, name: string): SessionSigns {
  return {
    changed() {
      notifyChange(stateDir, changed + name);
    },
    begun(call, n) {
      markChange(stateDir, running + name, JSON.stringify({ n, ...call }));
    },
    over() {
      unmarkChange(stateDir, running + name);
    },
  };
}

/**
 * Reports which sessions of a state folder change, within a fraction of a second: a call begins, a step is stored, facts become known, a session
 * is removed. Nothing of a session is read for that.
 * @param onChange Gets the name of a session; undefined: any of them may have changed.
 * @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export function watchSessions(stateDir: string, onChange: (name: string | undefined) => void): { close: () => void } {
  const told = new Set<string | undefined>();
  // Several things often happen to one session at once.
  const tell = (name: string | undefined): void => {
    if (told.size === 0) {
      queueMicrotask(() => {
        const names = told.has(undefined) ? [undefined] : [...told];
        told.clear();
        for (const each of names) onChange(each);
      });
    }
    told.add(name);
  };
  return watchChanges(stateDir, (topic) => {
    const kind = [changed, running].find((each) => topic?.startsWith(each));
    if (topic === undefined) tell(undefined);
    else if (kind !== undefined) tell(topic.slice(kind.length));
  });
}

/** The sessions with a call that began and is not over, or whose host was killed. */
export function listBegunCalls(stateDir: string): string[] {
  try {
    const marks = readdirSync(path.join(stateDir, changesFolder)).filter((entry) => entry.startsWith(running));
    return marks.map((entry) => entry.slice(running.length));
  } catch {
    return []; // none ever began
  }
}

/**
 * The call of a session that is under way. What a host left that was killed in a call is removed.
 * @param isHeld Whether somebody holds the session; runs `whileFree` while nobody can.
 */
export function findCallUnderWay(
  stateDir: string,
  name: string,
  isHeld: (whileFree: () => void) => boolean,
): RunningCall | undefined {
  const call = readBegunCall(stateDir, name);
  if (call === undefined) return undefined;
  const { over } = createSigns(stateDir, name);
  if (call.owner === undefined) return isHeld(over) ? call : undefined;
  if (isOwnerAlive(stateDir, call.owner)) return call;
  over();
  return undefined;
}

function readBegunCall(stateDir: string, name: string): RunningCall | undefined {
  try {
    return JSON.parse(readFileSync(markOf(stateDir, running + name), 'utf8')) as RunningCall;
  } catch {
    return undefined; // none is running, or it is being written
  }
}
