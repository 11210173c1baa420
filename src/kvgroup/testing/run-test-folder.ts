import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Limits } from '../../process/limits.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import { composeFailure, failureOfError, isFaultOfCase } from '../../testing/compose-failure.ts';
import { describeMismatch } from '../../testing/describe-mismatch.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import type { RanCase } from '../../testing/tell-once.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { printMessage } from '../format/print-message.ts';
import type { ProgramSettings } from '../program/find-program.ts';
import { createRunMasker, maskResult } from '../running/create-run-masker.ts';
import { prepareRun } from '../running/prepare-run.ts';
import { readBytes, readMessages } from '../running/read-messages.ts';
import { runPlugin } from '../running/run-plugin.ts';
import type { Run } from '../running/run-result.ts';
import { answersOf, findAnswerMismatches, findRunMismatches } from './find-run-mismatches.ts';
import type { TestFolder } from './read-test-folders.ts';

/** How the plugins of a folder are run. */
export interface RunnerSettings {
  settings: ProgramSettings;
  limits: Limits;
}

export interface RunFolderOptions extends RunnerSettings {
  /** Write expected.kvg from what the plugin answers. */
  update: boolean;
  showSecrets: boolean;
  signal: AbortSignal;
}

/** The name of the one case that a folder is. */
export function nameOfCase({ plugin, point }: TestFolder): string {
  return `${path.basename(plugin)} at ${point.id}`;
}

/** Runs the test of one folder. @throws PluginHostError of the host and its machine; the reason of the signal */
export async function runTestFolder(test: TestFolder, options: RunFolderOptions): Promise<RanCase> {
  const startedAt = performance.now();
  const { failure, isWritten = false } = await judgeFolder(test, options);
  return {
    name: `${nameOfCase(test)}${isWritten ? ' (expected.kvg written)' : ''}`,
    passed: failure === undefined,
    durationMs: Math.round(performance.now() - startedAt),
    ...(failure && { failure }),
  };
}

interface Judgement {
  failure?: TestFailure;
  isWritten?: boolean;
}

async function judgeFolder(test: TestFolder, options: RunFolderOptions): Promise<Judgement> {
  const { name, expectation } = test;
  try {
    const run = await runOf(test, options);
    const file = path.join(test.folder, 'expected.kvg');
    const expected = existsSync(file) ? readMessages(readBytes(file), path.join(name, 'expected.kvg')) : undefined;
    const ofRun = findRunMismatches(expectation, run.result);
    const ofAnswers = expected === undefined ? [] : findAnswerMismatches(expected, run.result);
    const answers = answersOf(run.result);
    const isOther = expected === undefined || ofAnswers.length > 0;
    if (options.update && isOther && ofRun.length === 0 && answers.length > 0) {
      writeFileSync(file, answers.map((each) => printMessage(each)).join(''));
      return { isWritten: true };
    }
    if (expected === undefined && !expectsSomething(expectation)) return { failure: describeMissing(run) };
    if (ofRun.length + ofAnswers.length === 0) return {};
    const [first] = ofRun;
    const place =
      first === undefined
        ? { file: path.join(name, 'expected.kvg') }
        : { file: path.join(name, 'expect.yaml'), ...lineOf(test, first) };
    const shown = describeRun([...ofRun, ...ofAnswers], withSecretsOf(expected ?? [], run), options.showSecrets);
    return { failure: composeFailure({ ...shown, place }) };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof PluginHostError) || !isFaultOfCase(error)) throw error;
    return { failure: failureOfError(error, {}) };
  }
}

async function runOf(test: TestFolder, { settings, limits, signal }: RunFolderOptions): Promise<Run> {
  const { expectation, folder, name, plugin, point } = test;
  const read = (file: string): { name: string; bytes: Uint8Array } => ({
    name: path.join(name, file),
    bytes: readBytes(path.resolve(folder, file)),
  });
  const { settle = false, taken, items } = expectation;
  return runPlugin(
    prepareRun({
      plugin,
      point,
      input: read('input.kvg'),
      ...(items === undefined ? {} : { items: read(items) }),
      settle: settle !== false,
      taken: taken ?? (typeof settle === 'object' ? (settle.taken ?? []) : []),
      settings,
      limits,
      signal,
    }),
  );
}

function expectsSomething({ class: runClass, retval, errmsg, maxMs }: TestFolder['expectation']): boolean {
  return [runClass, retval, errmsg, maxMs].some((each) => each !== undefined);
}

function describeMissing({ result }: Run): TestFailure {
  return {
    message: `there is no expected.kvg, and nothing else is expected; the plugin's class is ${result.class}`,
    detail: '--update writes expected.kvg from what the plugin answers.',
  };
}

function lineOf({ lineOf: find }: TestFolder, { keys: [key] }: Mismatch): { line?: number } {
  const line = find(String(key));
  return line === undefined ? {} : { line };
}

/** Expected values may be secret, just as answers. */
function withSecretsOf(expected: readonly KvGroup[], run: Run): Run {
  return { ...run, inputs: [...run.inputs, ...expected] };
}

function describeRun(
  mismatches: readonly Mismatch[],
  run: Run,
  showSecrets: boolean,
): { mismatches: string[]; below: string[] } {
  const masker = showSecrets ? undefined : createRunMasker(run);
  const { diagnostics, problems, stderr } = masker === undefined ? run.result : maskResult(run, masker);
  return {
    mismatches: mismatches.map((each) => describeMismatch(masker === undefined ? each : maskMismatch(each, masker))),
    below: [
      ...diagnostics.map((each) => `${each.level} ${each.code}  ${each.line}:${each.column}: ${each.message}`),
      ...problems.map(({ level, code, message }) => `${level} ${code}  ${message}`),
      ...(stderr === '' ? [] : ['stderr:', stderr.trimEnd()]),
    ],
  };
}
