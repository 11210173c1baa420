import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { requireWhole } from '../store/require-whole.ts';
import type { SessionContent } from '../store/session-content.ts';
import { SessionStore } from '../store/session-store.ts';

export interface FoundSession {
  store: SessionStore;
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
  const stateDirs: string[] = [];
  for (const each of [...plugins, '.']) stateDirs.push((await resolveHost(each, options)).stateDir);
  const [first = ''] = stateDirs;
  const stateDir = stateDirs.find((each) => new SessionStore(each).has(name)) ?? first;
  const store = new SessionStore(stateDir);
  const content = store.readContent(name);
  const imported = store.isImported(name);
  return { store, stateDir, imported, content: { ...content, steps: requireWhole(store, name, content.steps) } };
}
