import type { StatePlace } from '../../state/state-place.ts';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { requireWhole } from '../store/require-whole.ts';
import type { SessionContent } from '../store/session-content.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';
import { openStore } from '../stores/open-store.ts';

/** Whoever found it closes it. */
export interface FoundSession extends AsyncDisposable {
  store: StoredSessions;
  stateDir: string;
  content: SessionContent;
  /** It came from a file. */
  imported: boolean;
}

/**
 * A session in the state folder of one of the plugins, else in that of the current folder: a plugin that is called in another's place has
 * a state folder of its own. @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE
 */
export async function findSession(
  name: string,
  plugins: readonly string[],
  { hostConfig, stateDir: given, environment, currentFolder }: HostOptions,
): Promise<FoundSession> {
  const options = { hostConfig, stateDir: given, environment, currentFolder };
  const places = new Map<string, StatePlace>();
  for (const each of [...plugins, '.']) {
    const { stateDir, stateUrl } = await resolveHost(each, options);
    places.set(stateDir, { stateDir, stateUrl });
  }
  const [first, ...others] = places.values();
  if (first === undefined) throw new Error('there is no state');
  await using stack = new AsyncDisposableStack();
  let found = { ...first, store: stack.use(await openStore(first)) };
  for (const place of others) {
    if (await found.store.has(name)) break;
    const store = stack.use(await openStore(place));
    if (await store.has(name)) found = { ...place, store };
  }
  const { store, stateDir } = found;
  const content = await store.readContent(name);
  const imported = (await store.readFacts(name)).origin === 'import';
  const opened = stack.move();
  return {
    store,
    stateDir,
    imported,
    content: { ...content, steps: requireWhole(store, name, content.steps) },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
