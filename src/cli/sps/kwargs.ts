import type { JsonObject } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { requireApi } from '../../sps/call/resolve-host.ts';
import { buildKwargs } from '../../sps/plugin/build-kwargs.ts';
import { findHook, type Hook, hooksByType, isPluginType } from '../../sps/plugin/find-hook.ts';
import { requireConnection, requireHook, requireSince } from '../../sps/session/open-plugin.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { hookCommands } from './commands/hook-commands.ts';
import { hostOf } from './host-options-of.ts';

type KwargsOptions = OptionsOf<typeof hookCommands.kwargs>;

export async function kwargs(terminal: Terminal, name: string, options: KwargsOptions): Promise<number> {
  const { connection, api, type } = options;
  requireApi(api);
  terminal.printJson(
    buildKwargs(findAnyHook(name, type, api), {
      connection:
        options.policy === undefined ? requireConnection(connection) : await readArguments(options.policy, options),
      overlay: {},
      answers: {},
      cookie: {},
      sessionCookie: {},
      sessionName: 'example',
      api,
    }),
  );
  return 0;
}

/** Of a committed connection policy. */
async function readArguments(policy: string, options: KwargsOptions): Promise<JsonObject> {
  const { stateDir } = await hostOf(undefined, options);
  const { connectionOf } = await import('./choose-policy-plugin.ts'); // with SQLite
  const { readPolicy } = await import('../../sps/policies/using/read-policy.ts');
  return connectionOf(await readPolicy(stateDir, policy, { force: options.force ?? false }), options.connection);
}

/** A hook that both types have takes the same arguments in both. */
function findAnyHook(name: string, type: string | undefined, api: string): Hook {
  const types = Object.keys(hooksByType).filter(isPluginType);
  if (type !== undefined) {
    if (isPluginType(type)) return requireHook({ type }, name, api);
    throw new PluginHostError('USAGE', `${type} is not a plugin type with known hooks`, {
      hint: renderSuggestion(type, types),
    });
  }
  const hook = types.map((each) => findHook(each, name)).find((each) => each !== undefined);
  if (hook !== undefined) return requireSince(hook, api);
  const known = types.flatMap((each) => hooksByType[each].map((other) => other.name));
  throw new PluginHostError('HOOK_UNKNOWN', `${name} is not a hook`, {
    hint: renderSuggestion(name, [...new Set(known)]),
  });
}
