import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { knownPlace } from '../../base/problem.ts';
import { substitute } from '../../targets/description/substitute.ts';
import { composeFailure, failureOfError, isFaultOfCase } from '../../testing/compose-failure.ts';
import type { RanCase } from '../../testing/tell-once.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { ExpectationWriter } from '../../testing/updating/expectation-writer.ts';
import { renderOutcome } from '../run/render-outcome.ts';
import { requireOperation } from '../run/require-operation.ts';
import { startRun } from '../run/start-run.ts';
import { valuesOf } from './case-parameters.ts';
import { CaseTargets } from './case-targets.ts';
import { describeFailedStep } from './describe-failed-step.ts';
import { findMismatches } from './find-mismatches.ts';
import type { LoadedCase, LoadedStep, LoadedTest } from './loaded-test.ts';
import { TraceTail } from './trace-tail.ts';
import { updateStep } from './update-step.ts';

export interface RunCaseOptions {
  showSecrets: boolean;
  /** Writes what came over what a failing expectation says. */
  updates?: ExpectationWriter | undefined;
  signal: AbortSignal;
}

/** Runs the operations of a case in their order, up to the first that fails. @throws the reason of an aborted signal */
export async function runCase(test: LoadedTest, each: LoadedCase, options: RunCaseOptions): Promise<RanCase> {
  const { name } = each;
  if (each.isSkipped) return { name, passed: false, durationMs: 0, skipped: 'skip: true' };
  if (test.script instanceof PluginHostError)
    return { name, passed: false, durationMs: 0, ...failureOfScript(test.script, test.scriptFile) };
  const startedAt = performance.now();
  const { failure, isWritten = false } = await judgeCase(test, each, options);
  const durationMs = Math.round(performance.now() - startedAt);
  const shown = isWritten ? `${name} (expect written)` : name;
  return { name: shown, passed: failure === undefined, durationMs, ...(failure && { failure }) };
}

/** All cases of the file fail for it. */
function failureOfScript(error: PluginHostError, file: string): Pick<RanCase, 'failure' | 'cause'> {
  const { line } = knownPlace(error.problems?.[0] ?? {});
  const failure = composeFailure({
    mismatches: [`${error.code}: ${error.message}`],
    below: [...new Set((error.problems ?? []).map(({ hint }) => hint)), `${error.hint} tells all of it.`],
    place: { file, ...(line !== undefined && { line }) },
  });
  return { failure, cause: { key: error.message, why: 'the script is not valid' } };
}

interface Judgement {
  failure?: TestFailure;
  /** What came is in the file now. */
  isWritten?: boolean;
}

async function judgeCase(test: LoadedTest, each: LoadedCase, options: RunCaseOptions): Promise<Judgement> {
  let keys = each.keys;
  let isWritten = false;
  try {
    await using targets = new CaseTargets();
    await targets.start(each, test.folder);
    for (const step of each.steps) {
      keys = step.keys;
      const judged = await runStep(test, each, step, targets, options);
      isWritten ||= judged.isWritten === true;
      if (judged.failure !== undefined) return { ...judged, isWritten };
    }
    return { isWritten };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof PluginHostError) || !isFaultOfCase(error)) throw error;
    return { failure: failureOfError(withOwnHint(error), { line: test.lineOf(keys) }) };
  }
}

async function runStep(
  test: LoadedTest,
  each: LoadedCase,
  step: LoadedStep,
  targets: CaseTargets,
  { showSecrets, updates, signal }: RunCaseOptions,
): Promise<Judgement> {
  const { scriptFile: file } = test;
  if (test.script instanceof PluginHostError) throw test.script;
  const { script } = test.script;
  const parameters = targets.fill(step.parameters);
  const asked = targets.mark();
  const trace = new TraceTail();
  const values = new Map(Object.entries(parameters).map(([name, data]) => [name, { data }]));
  const outcome = await startRun(script, file, requireOperation(script, file, step.operation), {
    sources: [{ name: 'parameters', values, isStrict: false }],
    claimants: targets.started,
    skipsWaits: !each.isRealTime,
    isMasked: !showSecrets,
    onTrace: trace.add,
    signal,
  });
  signal.throwIfAborted();
  const came = asked();
  const result = renderOutcome(outcome, { script, file, trace: undefined, isMasked: false });
  const expect = substitute(step.expect, { ...each.recorded, ...valuesOf(parameters) });
  const found = findMismatches(expect, result, came);
  if (found.length + came.unmatched.length === 0) return {};
  const secrets = showSecrets ? undefined : [...test.secrets, ...outcome.secrets.texts];
  const written = { file: path.join(test.folder, path.basename(test.file)), keys: [...step.keys, 'expect'] };
  const updated = updates && updateStep(updates, { ...written, expect, result, came, secrets });
  const left = updated?.left;
  const mismatches = left?.map(({ mismatch }) => mismatch) ?? found;
  const isWritten = updated?.isWritten === true;
  if (mismatches.length + came.unmatched.length === 0) return { isWritten };
  const shown = renderOutcome(outcome, { script, file, trace: undefined, isMasked: !showSecrets });
  const notes = [...new Set(left?.map(({ why }) => why))];
  const failure = describeFailedStep({ test, each, step, shown, mismatches, came, trace, secrets, notes });
  return { failure, isWritten };
}

/** The hints for parameters are those of a command line. */
function withOwnHint(error: PluginHostError): PluginHostError {
  if (!error.code.startsWith('PARAMETER_')) return error;
  const hint = 'Give it under parameters: of the file, the case or the step.';
  return new PluginHostError(error.code, error.message, { hint });
}
