import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { knownPlace, type Problem } from '../../base/problem.ts';
import { removeFolder } from '../../process/remove-folder.ts';
import { makeTemporaryFolder } from '../../process/temporary-folder.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import { createScriptedUser } from '../../sps/simulation/create-scripted-user.ts';
import { type Cast, loadScenario } from '../../sps/simulation/load-scenario.ts';
import { maskFailures, maskSimulation } from '../../sps/simulation/mask-simulation.ts';
import { readScenario, type ScenarioFile } from '../../sps/simulation/read-scenario.ts';
import { simulate, type SimulationResult } from '../../sps/simulation/simulate.ts';
import { findWarnings } from '../../sps/testing/find-warnings.ts';
import type { TestSource } from '../../sps/testing/run-tests.ts';
import type { TestCase, TestFailure } from '../../testing/test-report.ts';
import { renderSimulation } from './render/render-simulation.ts';

interface ScenarioTestOptions {
  host: HostOptions;
  showSecrets: boolean;
  /** Ends session_ended too. */
  hardSignal: AbortSignal;
}

/** A scenario that expects something, as one case; one that is not valid is a case that fails, and the others run all the same. */
export function readScenarioTest(file: string, options: ScenarioTestOptions): TestSource {
  const read = tryReadScenario(path.resolve(options.host.currentFolder, file));
  const name =
    read instanceof PluginHostError ? path.basename(file) : (read.scenario.description ?? path.basename(file));
  const run = async (signal: AbortSignal): Promise<TestCase> =>
    read instanceof PluginHostError
      ? { name, passed: false, durationMs: 0, failure: toFailure(read) }
      : runScenarioFile(file, name, options, signal);
  return { name: file, file, cases: [{ name, run }] };
}

function tryReadScenario(file: string): ScenarioFile | PluginHostError {
  try {
    return readScenario(file);
  } catch (error) {
    if (error instanceof PluginHostError) return error;
    throw error;
  }
}

function toFailure({ code, message, hint, problems }: PluginHostError): TestFailure {
  const { line } = knownPlace(problems?.[0] ?? {});
  return { message: `${code}: ${message}`, detail: hint, ...(line === undefined ? {} : { line }) };
}

async function runScenarioFile(
  file: string,
  name: string,
  options: ScenarioTestOptions,
  signal: AbortSignal,
): Promise<TestCase> {
  const startedAt = performance.now();
  const problems: Problem[] = [];
  const failure = await findFailure(file, options, signal, problems);
  const durationMs = Math.round(performance.now() - startedAt);
  const warnings = findWarnings(problems);
  return {
    name,
    passed: failure === undefined,
    durationMs,
    ...(failure && { failure }),
    ...(warnings.length > 0 && { warnings }),
  };
}

async function findFailure(
  file: string,
  options: ScenarioTestOptions,
  signal: AbortSignal,
  problems: Problem[],
): Promise<TestFailure | undefined> {
  const { host, hardSignal } = options;
  // As every session of the appliance has an id of its own, no scenario finds what another one left.
  const stateDir = makeTemporaryFolder();
  let cast: Cast | undefined;
  try {
    cast = await loadScenario(
      { name: path.resolve(host.currentFolder, file), plugins: [], connection: undefined },
      { ...host, sessionStateDir: stateDir, force: false },
    );
    const result = await simulate({ ...cast, user: createScriptedUser(cast.scenario), signal, hardSignal });
    signal.throwIfAborted();
    problems.push(...result.simulation.steps.flatMap((step) => step.problems));
    return describeFailure(file, result, cast, options);
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.exitCode > 2) throw error;
    return toFailure(error);
  } finally {
    await cast?.close();
    removeFolder(stateDir);
  }
}

function describeFailure(
  file: string,
  result: SimulationResult,
  { placeOf }: Cast,
  { showSecrets }: ScenarioTestOptions,
): TestFailure | undefined {
  const failures = showSecrets ? (result.failures ?? []) : maskFailures(result);
  const [first] = failures;
  if (first === undefined) return undefined;
  const simulation = showSecrets ? result.simulation : maskSimulation(result);
  const line = Number(placeOf?.('expect', first.key).split(':').at(-1));
  const texts = failures.map(({ key, expected, got }) => `${key}: expected ${expected}; got ${got}`);
  const drawn = renderSimulation(simulation, { paint: (_style, text) => text, columns: 80, hasExpectation: false });
  return {
    message: texts[0] ?? '',
    detail: [...texts.slice(1), drawn, 'repeat', `  plugin-host simulate ${file}`].join('\n'),
    ...(line > 0 ? { line } : {}),
  };
}
