import { maskLog } from '../../sps/call/mask-record.ts';
import { isUnstored } from '../../sps/session/call-in-session.ts';
import { builtInScenarios } from '../../sps/simulation/built-in-scenarios.ts';
import { maskMismatches, maskSimulation } from '../../sps/simulation/mask-simulation.ts';
import { inventSessionName, isFaulty, simulate, type SimulationResult } from '../../sps/simulation/simulate.ts';
import { openStore } from '../../sps/stores/open-store.ts';
import { trimUnnamed } from '../../sps/stores/trim-unnamed.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import { openCast, type OpenCast, type SimulateOptions } from './open-cast.ts';
import { readDebugging } from './read-debugging.ts';
import { BackendsRecording } from './recording/backends-recording.ts';
import { renderMismatches, renderSimulation, renderStepLine } from './render/render-simulation.ts';

const interruptedExitCode = 130;

export async function runSimulate(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateOptions,
): Promise<number> {
  if (options.list) return listScenarios(terminal, options);
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
  const { watchFiles } = await import('../terminal/watch-files.ts');
  return watchFiles({ paths: () => files, run }, terminal);
}

async function simulateOnce(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateOptions,
  kept: string,
): Promise<number> {
  await using cast = await openCast(terminal, name, options);
  return await play(terminal, cast, options, kept);
}

async function play(terminal: Terminal, cast: OpenCast, options: SimulateOptions, name: string): Promise<number> {
  await using store = await openStore(cast);
  if (await store.has(name)) {
    terminal.say(`replacing session ${name}`);
    await store.remove(name, { signal: terminal.interrupted });
  }
  const hosts = Object.values(cast.members).map(({ host }) => host);
  await using recording = await BackendsRecording.open(options, hosts);
  const result = await simulate({
    ...cast,
    members: recording === undefined ? cast.members : withRunning(cast.members, recording.recorder),
    store: { store, name },
    signal: terminal.interrupted,
    hardSignal: terminal.interruptedAgain,
    debugging: readDebugging(options, terminal),
    onLog: options.json ? undefined : terminal.showLog,
    onStep: (played) => {
      if (process.stderr.isTTY && !options.json) terminal.say(renderStepLine(played.step, terminal.paintError));
    },
  });
  if (options.session === undefined) await trimUnnamed(store).catch(() => undefined); // the next run tries again
  await recording?.write(result.secrets, terminal);
  show(terminal, result, cast, options);
  if (result.isInterrupted) return interruptedExitCode;
  return isFaulty(result) ? 1 : 0;
}

function withRunning(members: OpenCast['members'], running: BackendsRecording['recorder']): OpenCast['members'] {
  return Object.fromEntries(
    Object.entries(members).map(([type, member]) => [type, { ...member, host: { ...member.host, running } }]),
  );
}

function show(terminal: Terminal, result: SimulationResult, cast: OpenCast, options: SimulateOptions): void {
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
  terminal.show(
    renderSimulation(shown, {
      paint: terminal.paint,
      columns: terminal.columns(),
      hasExpectation: result.mismatches !== undefined,
      showsAll: options.all,
      ...(options.log ? { logs } : {}),
    }),
  );
  const isKept = !shown.steps.some(({ problems }) => problems.some(isUnstored));
  if (!isKept) return;
  const where = options.plugin?.[0] === undefined ? '' : ` -p ${options.plugin[0]}`;
  terminal.say(`kept: plugin-host session show ${simulation.session ?? ''}${where}`);
}

function listScenarios(terminal: Terminal, { json }: SimulateOptions): number {
  const scenarios = Object.entries(builtInScenarios).map(([name, { description }]) => ({ name, description }));
  if (json) terminal.printJson(scenarios);
  else {
    const rows = scenarios.map(({ name, description }) => [name, description]);
    terminal.show(renderTable(['scenario', 'what happens'], rows, terminal.paint));
  }
  return 0;
}
