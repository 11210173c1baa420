import { type Problem, warning } from '../../base/problem.ts';
import { toText } from '../conversion/render-text.ts';
import { RunCancelled } from '../engine/run-clock.ts';
import type { RunSettings } from '../engine/run-settings.ts';
import { Run } from '../engine/run.ts';
import { StepFailure } from '../engine/step-failure.ts';
import { StepRunner } from '../engine/step-runner.ts';
import type { StepWatcher } from '../engine/step-watcher.ts';
import type { Block, Script } from '../script/script.ts';
import type { Limits } from '../values/budget.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { callablesOf } from './callables-of.ts';
import { judgeResult } from './judge-result.ts';
import { problemsOf } from './problems-of.ts';
import type { RunOutcome } from './run-outcome.ts';
import { verbHandlers } from './verb-handlers.ts';

export interface OperationRun {
  script: Script;
  file: string;
  operation: Block;
  parameters: ReadonlyMap<string, Value>;
  settings: RunSettings;
  /** What was connected to so far. */
  targets: () => readonly string[];
  /** Whether no value is a failure. */
  isStrict: boolean;
  limits?: Partial<Limits>;
  watcher?: StepWatcher | undefined;
}

/** Runs an operation to its end, whatever that is. Nothing is left open. */
export async function runOperation(given: OperationRun): Promise<RunOutcome> {
  const { script, operation, parameters, settings } = given;
  const run = new Run(settings, callablesOf(script), given.limits);
  for (const [name, value] of parameters) {
    run.operationFrame.declare(name, value);
    if (value instanceof Secret) run.secrets.add(value);
  }
  try {
    const callable = { block: operation, library: undefined, requiredCount: operation.parameters.length };
    const runner = new StepRunner(run, verbHandlers, given.watcher);
    const returned = await runner.runBody(callable, run.operationFrame.child());
    return finish(given, run, returned);
  } catch (error) {
    return fail(given, run, error);
  } finally {
    await run.close();
  }
}

function finish(given: OperationRun, run: Run, returned: Value | undefined): RunOutcome {
  const { operation } = given;
  const judged = judgeResult(operation.name, returned);
  if (judged.outcome === 'not boolean') {
    const text = `${operation.name} returned ${toText(judged.value)}, which is neither true nor false`;
    const failure = new StepFailure({
      code: 'RESULT_NOT_BOOLEAN',
      text: judged.value instanceof Secret ? Secret.of(text) : text,
      path: operation.path,
      offset: operation.nameStart,
      library: undefined,
      handled: undefined,
    });
    return { ...base(given, run), outcome: 'error', taskStatus: 'Failure', value: judged.value, failure };
  }
  if (judged.outcome !== 'no value')
    return { ...base(given, run), ...judged, outcome: judged.outcome, failure: undefined };
  const outcome = given.isStrict ? 'failure' : 'success';
  const taskStatus = given.isStrict ? 'Failure' : 'Success';
  const place = { file: given.file, ...given.script.lines.placeOf(operation.nameStart), path: operation.path };
  const missing: Problem = {
    ...warning(
      'NO_RETURN',
      `${operation.name} ended without a value`,
      'End every way through it with Return true or Return false.',
    ),
    ...place,
  };
  const common = base(given, run);
  return { ...common, outcome, taskStatus, value: null, failure: undefined, problems: [...common.problems, missing] };
}

function fail(given: OperationRun, run: Run, error: unknown): RunOutcome {
  const none = { value: null, failure: undefined };
  if (error instanceof RunCancelled || run.clock.signal.reason instanceof RunCancelled)
    return { ...base(given, run), ...none, outcome: 'cancelled', taskStatus: 'Cancelled' };
  const failure = error instanceof StepFailure ? error : limitReached(given.operation, run, error);
  if (failure === undefined) throw error;
  const first = failure.first ?? failure;
  const taskStatus = first.code === 'HOST_KEY_MISMATCH' ? 'SshHostKeyMismatch' : 'Failure';
  return { ...base(given, run), outcome: 'error', taskStatus, value: null, failure };
}

/** The time may run out between two steps. */
function limitReached(operation: Block, run: Run, error: unknown): StepFailure | undefined {
  if (error !== run.clock.signal.reason) return undefined;
  return new StepFailure({
    code: 'RUN_TIMEOUT',
    text: (error as Error).message,
    path: run.lastStep?.path ?? operation.path,
    offset: run.lastStep?.start ?? operation.nameStart,
    library: undefined,
    handled: undefined,
  });
}

function base(given: OperationRun, run: Run): Omit<RunOutcome, 'outcome' | 'taskStatus' | 'value' | 'failure'> {
  return {
    operation: given.operation.name,
    parameters: given.parameters,
    record: run.record,
    secrets: run.secrets,
    durationMs: run.clock.elapsedMs,
    targets: given.targets(),
    problems: problemsOf(run.record, given.script, given.file),
  };
}
