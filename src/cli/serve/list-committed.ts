import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import { commitDraft } from '../../sps/policies/commit-draft.ts';
import { removeObject } from '../../sps/policies/create-object.ts';
import { Draft } from '../../sps/policies/draft.ts';
import { type ListedPlugin, listPlugins } from '../../sps/policies/list-plugins.ts';
import { PolicyStore } from '../../sps/policies/storage/policy-store.ts';
import { readPolicies } from '../../sps/policies/storage/read-policies.ts';
import { isTransactionOpen } from '../../sps/policies/storage/transaction-lock.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { pluginHere } from '../sps/host-options-of.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { pluginsCommands } from './commands/plugins-commands.ts';

type PluginsOptions = OptionsOf<typeof pluginsCommands.ls>;

export async function listCommitted(terminal: Terminal, options: PluginsOptions): Promise<number> {
  const plugins = read(await stateDirOf(options));
  if (options.json) {
    terminal.printJson(plugins);
    return 0;
  }
  if (plugins.length === 0) {
    terminal.say('No plugin is committed in this state folder.');
    return 0;
  }
  const rows = plugins.map(({ type, name, version, api, usedBy, key }) => [
    `${type}/${name}`,
    version,
    api,
    usedBy.length === 0 ? 'nothing' : String(usedBy.length),
    key,
  ]);
  terminal.show(renderTable(['plugin', 'version', 'api', 'used by', 'key'], rows, terminal.paint));
  return 0;
}

/** @throws PluginHostError PLUGIN_UNKNOWN, PLUGIN_IN_USE, CONFIGURATION_LOCKED */
export async function removeCommitted(terminal: Terminal, plugin: string, options: PluginsOptions): Promise<number> {
  const stateDir = await stateDirOf(options);
  choose(read(stateDir), plugin);
  if (isTransactionOpen(stateDir)) {
    throw new PluginHostError('CONFIGURATION_LOCKED', 'a server has an open transaction', {
      hint: 'Commit it or roll it back first.',
    });
  }
  using store = PolicyStore.open(stateDir);
  const chosen = choose(listPlugins(store.configuration), plugin);
  const draft = new Draft(store.configuration);
  removeObject(draft, `plugins/${chosen.type}`, chosen.key, { hasVersionLimits: true });
  store.commit((latest) => commitDraft(draft, latest), draft.packages, {
    user: 'plugin-host plugins rm',
    time: new Date().toISOString(),
    message: '',
    changes: draft.log,
  });
  const { type, name, key } = chosen;
  if (options.json) terminal.printJson({ removed: { key, type, name } });
  else terminal.say(`removed ${type}/${name}`);
  return 0;
}

function choose(plugins: readonly ListedPlugin[], named: string): ListedPlugin {
  const found = plugins.find(({ key, type, name }) => key === named || `${type}/${name}` === named);
  const names = plugins.map(({ type, name }) => `${type}/${name}`);
  if (found === undefined) {
    throw new PluginHostError('PLUGIN_UNKNOWN', `${named}: no such plugin is committed`, {
      hint: names.length === 0 ? 'No plugin is committed in this state folder.' : renderSuggestion(named, names),
    });
  }
  if (found.usedBy.length === 0) return found;
  throw new PluginHostError('PLUGIN_IN_USE', `${named} is used by ${found.usedBy.join(', ')}`, {
    hint: 'Delete these or give them another plugin first, by the API.',
  });
}

function read(stateDir: string): ListedPlugin[] {
  return readPolicies(stateDir, listPlugins) ?? [];
}

async function stateDirOf({ hostConfig, state }: PluginsOptions): Promise<string> {
  const places = { environment: process.env, currentFolder: process.cwd() };
  return (await resolveProject(pluginHere(), { hostConfig, stateDir: state, ...places })).stateDir;
}
