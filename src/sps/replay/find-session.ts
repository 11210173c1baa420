import type { StatePlace } from '../../state/state-place.ts';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { requireWhole } from '../store/require-whole.ts';
import type { SessionContent } from '../store/session-content.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';
import { chooseSession } from '../stores/choose-session.ts';
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
 * A session, as `chooseSession` understands its name, in the state folder of one of the plugins, else in that of the current folder: a plugin that is called in another's place has
 * a state folder of its own.
 * @param isHidden As of `chooseSession`; without it, only the whole name is understood
 * @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE
 */
export async function findSession(
  named: string | undefined,
  plugins: readonly string[],
  { hostConfig, stateDir: given, environment, currentFolder }: HostOptions,
  isHidden?: (name: string) => boolean,
): Promise<FoundSession & { name: string }> {
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
  const isIn = async (store: StoredSessions): Promise<boolean> =>
    named === undefined || (isHidden === undefined ? await store.has(named) : await hasBeginning(store, named));
  for (const place of others) {
    if (await isIn(found.store)) break;
    const store = stack.use(await openStore(place));
    if (await isIn(store)) found = { ...place, store };
  }
  const { store, stateDir } = found;
  const name =
    isHidden === undefined && named !== undefined
      ? named
      : await chooseSession(store, named, isHidden ?? (() => false));
  const { content, origin } = await store.look(name, (reader) => ({
    content: reader.content(),
    origin: reader.facts().origin,
  }));
  const opened = stack.move();
  return {
    name,
    store,
    stateDir,
    imported: origin === 'import',
    content: { ...content, steps: requireWhole(store, name, content.steps) },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function hasBeginning(store: StoredSessions, named: string): Promise<boolean> {
  return (await store.names()).some((name) => name.startsWith(named));
}
