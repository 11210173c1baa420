import { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { PluginType } from '../../../sps/plugin/find-hook.ts';
import { loadPlugin } from '../../../sps/plugin/load-plugin.ts';
import type { Reopened } from '../../../sps/replay/reopen-plugin.ts';
import { requireWhole } from '../../../sps/store/require-whole.ts';
import type { SessionContent, StoredStep } from '../../../sps/store/session-content.ts';
import { SessionStore } from '../../../sps/store/session-store.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOf } from '../host-options-of.ts';

/** Options of the commands that call plugins of a session. */
export type CallingOptions = OptionsOf<typeof sessionCommands.end>;

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
  { hostConfig, state }: CallingOptions,
): Promise<FoundSession> {
  const options = { ...(hostConfig === undefined ? {} : { hostConfig }), ...(state === undefined ? {} : { state }) };
  const stateDirs: string[] = [];
  for (const each of [...plugins, '.']) stateDirs.push((await hostOf(each, options)).stateDir);
  const [first = ''] = stateDirs;
  const stateDir = stateDirs.find((each) => new SessionStore(each).has(name)) ?? first;
  const store = new SessionStore(stateDir);
  const content = store.readContent(name);
  const imported = store.isImported(name);
  return { store, stateDir, imported, content: { ...content, steps: requireWhole(store, name, content.steps) } };
}

/** Tells that an interpreter was not run for having been named by a file. */
export function noteOtherPython(
  terminal: Terminal,
  { n }: StoredStep,
  { otherPython, host }: Pick<Reopened, 'otherPython' | 'host'>,
): void {
  if (otherPython === undefined) return;
  const taken = sanitize(host.settings.python);
  terminal.say(
    `warning: step ${n} was recorded elsewhere with ${sanitize(otherPython)} and is called with ${taken}; --force takes the recorded one`,
  );
}

/** Paths that were given, by type of plugin. @throws PluginHostError USAGE for a plugin of a type that is not called */
export async function findPaths(
  plugins: readonly string[],
  steps: readonly StoredStep[],
  options: CallingOptions,
): Promise<Map<PluginType, string>> {
  const paths = new Map<PluginType, string>();
  for (const path of plugins) {
    const { type } = await loadPlugin(path, { ...(await hostOf(path, options)), force: options.force ?? false });
    if (paths.has(type)) {
      throw new PluginHostError('USAGE', `${path}: a second plugin of type ${type}`, {
        hint: 'Give one of each type.',
      });
    }
    paths.set(type, path);
  }
  for (const [type, path] of paths) {
    // With one plugin only, -p says where the state folder is, as in the other commands.
    if (steps.length === 0 || steps.some(({ record }) => record.plugin.type === type)) continue;
    throw new PluginHostError('USAGE', `${path}: is a plugin of type ${type}; no step that is called is of one`, {
      hint: 'Name a plugin of the type of the step; --state names the state folder.',
    });
  }
  return paths;
}
