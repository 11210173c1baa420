import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import { composeFailure, failureOfError, isFaultOfCase, section } from '../../testing/compose-failure.ts';
import { describeMismatch } from '../../testing/describe-mismatch.ts';
import { findWarnings } from '../../testing/find-warnings.ts';
import { planCase, type TestWay } from '../../testing/plan-case.ts';
import type { RanCase } from '../../testing/tell-once.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { PlannedSuite } from '../../testing/test-source.ts';
import type { ExpectationWriter } from '../../testing/updating/expectation-writer.ts';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { failOpenCodes } from '../outcome/check-fail-open.ts';
import { Recorder } from '../recording/recorder.ts';
import type { Cast } from '../simulation/cast.ts';
import { createScriptedUser } from '../simulation/create-scripted-user.ts';
import { loadScenario } from '../simulation/load-scenario.ts';
import { maskMismatches, maskSimulation } from '../simulation/mask-simulation.ts';
import { readScenario, type ScenarioFile } from '../simulation/read-scenario.ts';
import { simulate, type SimulateOptions, type SimulationResult } from '../simulation/simulate.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { TestVariant } from './test-variants.ts';
import { updateScenario } from './update-scenario.ts';

export interface ScenarioTestOptions {
  host: HostOptions;
  showSecrets: boolean;
  /** Each call waits for a debugger. */
  debugging?: SimulateOptions['debugging'];
  /** Writes what came over what a failing expectation says. */
  updates?: ExpectationWriter | undefined;
  /** The session as lines for people, which a failure shows. */
  renderSession: (simulation: Simulation) => string;
  /** Ends session_ended too. */
  hardSignal: AbortSignal;
}

/** A scenario that expects something, as one case; one that is not valid is a case that fails, and the others still run. */
export function readScenarioTest(
  file: string,
  options: ScenarioTestOptions,
  ways: readonly TestWay<TestVariant>[],
): PlannedSuite {
  const read = tryReadScenario(path.resolve(options.host.currentFolder, file));
  const name =
    read instanceof PluginHostError ? path.basename(file) : (read.scenario.description ?? path.basename(file));
  const run = async ({ host }: TestVariant, signal: AbortSignal): Promise<RanCase> =>
    read instanceof PluginHostError
      ? { name, passed: false, durationMs: 0, failure: failureOfError(read) }
      : runScenarioFile(file, name, { ...options, host }, signal);
  const line = read instanceof PluginHostError ? 1 : lineAt(read.placeOf, 'description');
  return { name: file, file, cases: planCase({ name, line, run }, ways) };
}

/** Line 1 of a key that is not there. */
function lineAt(placeOf: ScenarioFile['placeOf'], ...keys: string[]): number {
  return Number(
    placeOf(...keys)
      .split(':')
      .at(-1),
  );
}

function tryReadScenario(file: string): ScenarioFile | PluginHostError {
  try {
    return readScenario(file);
  } catch (error) {
    if (error instanceof PluginHostError) return error;
    throw error;
  }
}

async function runScenarioFile(
  file: string,
  name: string,
  options: ScenarioTestOptions,
  signal: AbortSignal,
): Promise<RanCase> {
  const startedAt = performance.now();
  const problems: Problem[] = [];
  const { failure, isWritten } = await judgeScenario(file, options, signal, problems);
  const durationMs = Math.round(performance.now() - startedAt);
  const warnings = findWarnings(problems, failOpenCodes);
  return {
    name: isWritten ? `${name} (expect written)` : name,
    passed: failure === undefined,
    durationMs,
    ...(failure && { failure }),
    ...(warnings.length > 0 && { warnings }),
  };
}

interface Judgement {
  failure?: TestFailure | undefined;
  /** What came is in the file now. */
  isWritten?: boolean;
}

async function judgeScenario(
  file: string,
  options: ScenarioTestOptions,
  signal: AbortSignal,
  problems: Problem[],
): Promise<Judgement> {
  const { host, hardSignal, debugging, updates, showSecrets } = options;
  const named = path.resolve(host.currentFolder, file);
  // Every session of the appliance has an id of its own, so no scenario finds what another one left.
  const stateDir = makeTemporaryFolder();
  let cast: Cast | undefined;
  try {
    const inspected = await resolveHost('.', host);
    cast = await loadScenario(
      { name: named, plugins: [], connection: undefined },
      { ...host, sessionStateDir: stateDir, policyStateDir: inspected.stateDir, force: false },
    );
    const recorder = new Recorder(inspected, 'test');
    const user = createScriptedUser(cast.scenario);
    const result = await simulate({ ...cast, user, recorder, debugging, signal, hardSignal });
    signal.throwIfAborted();
    problems.push(...result.simulation.steps.flatMap((step) => step.problems));
    const updated = updates && updateScenario(updates, named, cast.scenario.expect ?? {}, result, showSecrets);
    const left = updated?.left;
    const mismatches = left?.map(({ mismatch }) => mismatch) ?? result.mismatches ?? [];
    const notes = [...new Set(left?.map(({ why }) => why))];
    const failure = describeSession(file, { ...result, mismatches }, cast, { ...options, notes });
    return { failure, isWritten: updated?.isWritten === true };
  } catch (error) {
    if (!(error instanceof PluginHostError) || !isFaultOfCase(error)) throw error;
    return { failure: failureOfError(error) };
  } finally {
    await cast?.close();
    removeFolder(stateDir);
  }
}

/** Undefined when it is as expected. */
function describeSession(
  file: string,
  result: SimulationResult,
  { placeOf }: Cast,
  { showSecrets, renderSession, notes }: ScenarioTestOptions & { notes: readonly string[] },
): TestFailure | undefined {
  const mismatches = showSecrets ? (result.mismatches ?? []) : maskMismatches(result);
  const [first] = mismatches;
  if (first === undefined) return undefined;
  const simulation = showSecrets ? result.simulation : maskSimulation(result);
  return composeFailure({
    mismatches: mismatches.map(describeMismatch),
    below: [renderSession(simulation), ...section('repeat', `plugin-host simulate ${file}`), ...notes],
    place: placeOf === undefined ? {} : { line: lineAt(placeOf, 'expect', ...first.keys.map(String)) },
  });
}
