import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Limits } from '../../process/limits.ts';
import type { Masker } from '../../secrets/create-masker.ts';
import type { TestCase, TestFailure, TestSuite } from '../../testing/test-report.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { printMessage } from '../format/print-message.ts';
import type { Point } from '../points/point.ts';
import { createRunMasker, maskResult } from '../running/create-run-masker.ts';
import type { ProgramSettings } from '../running/find-program.ts';
import { prepareRun } from '../running/prepare-run.ts';
import { readBytes, readMessages } from '../running/read-messages.ts';
import { runPlugin } from '../running/run-plugin.ts';
import type { Run } from '../running/run-result.ts';
import { answersOf, compareRun, type Deviation } from './compare-run.ts';
import type { ReadExpectation } from './read-expectation.ts';

/** One folder, ready to be run. */
export interface TestFolder {
  /** Absolute. */
  folder: string;
  /** For people: relative to the current folder. */
  name: string;
  /** Absolute path of the plugin. */
  plugin: string;
  point: Point;
  expectation: ReadExpectation['expectation'];
  lineOf: ReadExpectation['lineOf'];
}

export interface TestOptions {
  settings: ProgramSettings;
  limits: Limits;
  /** Write expected.kvg from what the plugin answers. */
  update: boolean;
  showSecrets: boolean;
  signal?: AbortSignal | undefined;
}

/** Runs the test of one folder; an error in its files is a failure too. @throws the reason of the signal */
export async function runTestFolder(test: TestFolder, options: TestOptions): Promise<TestSuite> {
  const { name, plugin, point } = test;
  const about = `${path.basename(plugin)} at ${point.id}`;
  const startedAt = performance.now();
  const finish = (failure: TestFailure | undefined, file = name, note = ''): TestSuite => {
    const durationMs = Math.round(performance.now() - startedAt);
    const each: TestCase = { name: about + note, passed: failure === undefined, durationMs };
    return { name, file, cases: [failure === undefined ? each : { ...each, failure }] };
  };
  try {
    const run = await runOf(test, options);
    const goldenFile = path.join(test.folder, 'expected.kvg');
    const golden = existsSync(goldenFile)
      ? readMessages(readBytes(goldenFile), path.join(name, 'expected.kvg'))
      : undefined;
    if (options.update) {
      const rest = compareRun(run.result, test.expectation, undefined);
      const isDifferent = golden === undefined || compareRun(run.result, {}, golden).length > 0;
      if (rest.length === 0 && isDifferent && answersOf(run.result).length > 0) {
        writeFileSync(
          goldenFile,
          answersOf(run.result)
            .map((each) => printMessage(each))
            .join(''),
        );
        return finish(undefined, name, ' (expected.kvg written)');
      }
    }
    const isAnswerWanted = golden === undefined && !expectsSomething(test.expectation);
    if (isAnswerWanted) return finish(describeMissing(run));
    const deviations = compareRun(run.result, test.expectation, golden);
    if (deviations.length === 0) return finish(undefined);
    const file = path.join(name, deviations[0]?.key === undefined ? 'expected.kvg' : 'expect.yaml');
    return finish(describeFailure(deviations, withSecretsOf(golden ?? [], run), test, options.showSecrets), file);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof PluginHostError) || error.code === 'HOST_FAILED') throw error;
    return finish({ message: `${error.code}  ${error.message}`, detail: error.hint });
  }
}

async function runOf(test: TestFolder, { settings, limits, signal }: TestOptions): Promise<Run> {
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

/** Expected values may be secret, just as answers. */
function withSecretsOf(golden: readonly KvGroup[], run: Run): Run {
  return { ...run, inputs: [...run.inputs, ...golden] };
}

function describeFailure(deviations: Deviation[], run: Run, test: TestFolder, showSecrets: boolean): TestFailure {
  const masker: Masker | undefined = showSecrets ? undefined : createRunMasker(run);
  const shown = masker === undefined ? run.result : maskResult(run, masker);
  const [first, ...rest] = deviations.map(({ message, masked = message }) => masker?.text(masked) ?? message);
  const [line, ...below] = (first ?? '').split('\n');
  const key = deviations[0]?.key;
  const place = key === undefined ? undefined : test.lineOf(key);
  const detail = [
    ...below,
    ...rest,
    ...shown.diagnostics.map((each) => `${each.level} ${each.code}  ${each.line}:${each.column}: ${each.message}`),
    ...shown.problems.map(({ level, code, message }) => `${level} ${code}  ${message}`),
    ...(shown.stderr === '' ? [] : ['stderr:', shown.stderr.trimEnd()]),
  ];
  return { message: line ?? '', detail: detail.join('\n'), ...(place === undefined ? {} : { line: place }) };
}
