import type { JsonObject } from '../../base/json.ts';
import { resolveHost } from '../../sps/call/resolve-host.ts';
import type { PasswordRequest, User } from '../../sps/flow/user.ts';
import type { Cast } from '../../sps/simulation/cast.ts';
import { createListedUser, createScriptedUser } from '../../sps/simulation/create-scripted-user.ts';
import { loadScenario } from '../../sps/simulation/load-scenario.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { jsonOrText, readAnswers, readJsonObject, readPairs, readTextFile } from '../command/read-json-text.ts';
import { askInTerminal, canAsk } from '../terminal/ask-in-terminal.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { simulateCommand } from './commands/simulate-command.ts';
import { hostOptionsOf, pluginHere } from './host-options-of.ts';

export type SimulateOptions = OptionsOf<typeof simulateCommand>;

export interface OpenCast extends Cast, AsyncDisposable, StatePlace {
  user: User;
}

/** Everything that a simulation needs. */
export async function openCast(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateOptions,
): Promise<OpenCast> {
  const plugins = options.plugin ?? [];
  const shared = await hostOptionsOf(options);
  const { stateDir, stateUrl } = await resolveHost(plugins[0] ?? pluginHere(), { ...shared, configuration: undefined });
  const cast = await loadScenario(
    { name, plugins, connection: options.connection, policy: options.policy, overlay: await readOverlay(options) },
    { ...shared, sessionStateDir: stateDir, sessionStateUrl: stateUrl, force: options.force ?? false },
  );
  const { answers, serverPassword, login } = cast.scenario;
  const given = { ...answers, ...readAnswers(options.answer ?? []) };
  const typed = options.serverPassword ?? serverPassword;
  return {
    ...cast,
    scenario: {
      ...cast.scenario,
      ...((options.login ?? login) === undefined ? {} : { login: options.login ?? login }),
      answers: given,
      ...(typed === undefined ? {} : { serverPassword: typed }),
    },
    stateDir,
    stateUrl,
    user: createScriptedUser({ answers: given, serverPassword: typed }, await otherUser(terminal, options.answers)),
    [Symbol.asyncDispose]: cast.close,
  };
}

/** @throws PluginHostError USAGE, JSON_INVALID, FILE_NOT_FOUND */
async function readOverlay({ kwargs, set = [] }: SimulateOptions): Promise<JsonObject> {
  return { ...(await readJsonObject('--kwargs', kwargs)), ...readPairs('--set', set, jsonOrText) };
}

/** Who answers what is not written: the lines of a file, or whoever sits at the terminal. @throws PluginHostError FILE_NOT_FOUND, NOT_UTF8 */
async function otherUser(terminal: Terminal, file: string | undefined): Promise<User | undefined> {
  if (file !== undefined) return createListedUser((await readTextFile(file)).replace(/\n$/, '').split(/\r?\n/));
  return canAsk() ? createTerminalUser(terminal) : undefined;
}

function createTerminalUser(terminal: Terminal): User {
  return {
    answer: ({ prompt, disableEcho }) => askInTerminal(terminal, prompt, !disableEcho),
    typePassword: (request) => askInTerminal(terminal, renderPasswordPrompt(request), false),
  };
}

function renderPasswordPrompt({ user, host }: PasswordRequest): string {
  return `Password of ${user ?? 'the user'} at ${host ?? 'the target'}: `;
}
