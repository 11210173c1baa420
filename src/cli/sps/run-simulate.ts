import { PluginHostError } from '../../base/plugin-host-error.ts';
import { maskLog } from '../../sps/call/mask-record.ts';
import { resolveHost } from '../../sps/call/resolve-host.ts';
import type { PasswordRequest, User } from '../../sps/flow/user.ts';
import { builtInScenarios } from '../../sps/simulation/built-in-scenarios.ts';
import { createScriptedUser } from '../../sps/simulation/create-scripted-user.ts';
import { type Cast, loadScenario } from '../../sps/simulation/load-scenario.ts';
import { maskMismatches, maskSimulation } from '../../sps/simulation/mask-simulation.ts';
import { inventSessionName, isFaulty, simulate, type SimulationResult } from '../../sps/simulation/simulate.ts';
import { SessionStore } from '../../sps/store/session-store.ts';
import { readAnswers } from '../command/read-json-text.ts';
import { askInTerminal, canAsk } from '../terminal/ask-in-terminal.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type DebugOptions, readDebugging } from './debug-options.ts';
import { hostOptionsOf, type SharedOptions } from './host-options-of.ts';
import { renderMismatches, renderSimulation, renderStepLine } from './render/render-simulation.ts';

export interface SimulateCliOptions extends SharedOptions, DebugOptions {
  plugin?: string[];
  connection?: string;
  login?: string;
  answer?: string[];
  serverPassword?: string;
  session?: string;
  chaos?: string[];
  list?: true;
  log?: true;
  all?: true;
  force?: true;
  showSecrets?: true;
}

const interruptedExitCode = 130;

export async function runSimulate(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateCliOptions,
): Promise<number> {
  if (options.list) return listScenarios(terminal, options);
  if (options.json && options.watch) {
    throw new PluginHostError('USAGE', '--json prints one document, --watch one for each change', {
      hint: 'Leave out one of them.',
    });
  }
  if (options.chaos !== undefined) {
    const { simulateChaos } = await import('./simulate-chaos.ts');
    return simulateChaos(terminal, name, options, options.chaos);
  }
  const kept = options.session ?? inventSessionName();
  const once = async (): Promise<number> => simulateOnce(terminal, name, options, kept);
  if (!options.watch) return once();
  let files: string[] = [];
  const run = async (): Promise<number> => {
    await using cast = await openCast(terminal, name, options);
    files = cast.files;
    return await play(terminal, cast, options, kept);
  };
  await run();
  const { watchFiles } = await import('../terminal/watch-files.ts');
  return watchFiles(() => files, terminal, run);
}

async function simulateOnce(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateCliOptions,
  kept: string,
): Promise<number> {
  await using cast = await openCast(terminal, name, options);
  return await play(terminal, cast, options, kept);
}

export interface OpenCast extends Cast, AsyncDisposable {
  stateDir: string;
  user: User;
}

/** Everything that a simulation needs. */
export async function openCast(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateCliOptions,
): Promise<OpenCast> {
  const plugins = options.plugin ?? [];
  const shared = await hostOptionsOf(options);
  const { stateDir } = await resolveHost(plugins[0] ?? '.', { ...shared, configuration: undefined });
  const cast = await loadScenario(
    { name, plugins, connection: options.connection },
    { ...shared, sessionStateDir: stateDir, force: options.force ?? false },
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
    user: createScriptedUser(
      { answers: given, serverPassword: typed },
      canAsk() ? createTerminalUser(terminal) : undefined,
    ),
    [Symbol.asyncDispose]: cast.close,
  };
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

async function play(terminal: Terminal, cast: OpenCast, options: SimulateCliOptions, name: string): Promise<number> {
  const store = new SessionStore(cast.stateDir);
  if (store.has(name)) {
    terminal.say(`session ${name} is made anew`);
    await store.remove(name, { signal: terminal.interrupted });
  }
  const result = await simulate({
    ...cast,
    store: { store, name },
    signal: terminal.interrupted,
    hardSignal: terminal.interruptedAgain,
    debugging: readDebugging(options, terminal),
    onLog: options.json ? undefined : terminal.showLog,
    onStep: (played) => {
      if (process.stderr.isTTY && !options.json) terminal.say(renderStepLine(played.step, terminal.paintError));
    },
  });
  show(terminal, result, cast, options);
  if (result.isInterrupted) return interruptedExitCode;
  return isFaulty(result) ? 1 : 0;
}

function show(terminal: Terminal, result: SimulationResult, cast: OpenCast, options: SimulateCliOptions): void {
  const simulation = options.showSecrets ? result.simulation : maskSimulation(result);
  const { played, secrets } = result;
  const mismatches = options.showSecrets ? (result.mismatches ?? []) : maskMismatches(result);
  const expected = renderMismatches(mismatches, cast.placeOf);
  const shown = { ...simulation, problems: [...simulation.problems, ...expected] };
  if (options.json) {
    terminal.printJson(shown);
    return;
  }
  const logs = new Map(
    played.map(({ step, logLines, clearLogLines }) => [
      step.n,
      options.showSecrets ? clearLogLines : maskLog(logLines, secrets),
    ]),
  );
  terminal.print(
    renderSimulation(shown, {
      paint: terminal.paint,
      columns: terminal.columns(),
      hasExpectation: result.mismatches !== undefined,
      showsAll: options.all,
      ...(options.log ? { logs } : {}),
    }),
  );
  const isKept = !shown.steps.some(({ problems }) => problems.some(({ code }) => code === 'NOT_STORED'));
  if (!isKept) return;
  const where = options.plugin?.[0] === undefined ? '' : ` -p ${options.plugin[0]}`;
  terminal.say(`kept: plugin-host session show ${simulation.session ?? ''}${where}`);
}

function listScenarios(terminal: Terminal, { json }: SimulateCliOptions): number {
  const scenarios = Object.entries(builtInScenarios).map(([name, { description }]) => ({ name, description }));
  if (json) terminal.printJson(scenarios);
  else {
    const rows = scenarios.map(({ name, description }) => [name, description]);
    terminal.print(renderTable(['scenario', 'what happens'], rows, terminal.paint));
  }
  return 0;
}
