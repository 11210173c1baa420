import { isJsonObject, type Json } from '../../base/json.ts';
import { createMasker } from '../../secrets/create-masker.ts';
import { maskCut } from '../../secrets/mask-cut.ts';
import { renderCommand, renderRequest } from '../../targets/matching/render-request.ts';
import { inClear, type Show } from '../../targets/matching/telling.ts';
import { withRecord, withRequest } from '../../targets/matching/with-request.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import { composeFailure, section } from '../../testing/compose-failure.ts';
import { describeMismatch } from '../../testing/describe-mismatch.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import { maskWord } from '../engine/secret-texts.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Came } from './case-targets.ts';
import type { LoadedCase, LoadedStep, LoadedTest } from './loaded-test.ts';
import type { TraceTail } from './trace-tail.ts';

const longestLine = 160;

export interface FailedStep {
  test: LoadedTest;
  each: LoadedCase;
  step: LoadedStep;
  /** The run as it may be shown. */
  shown: RunResult;
  mismatches: readonly Mismatch[];
  came: Came;
  /** The last steps of the operation. */
  trace: TraceTail;
  /** Undefined when nothing is masked. */
  secrets: readonly string[] | undefined;
  /** Why `--update` left something alone. */
  notes: readonly string[];
}

/** What a failure shows: what differs, the error, what the target was asked, the last steps. */
export function describeFailedStep(failed: FailedStep): TestFailure {
  const { test, each, step, shown, came, trace } = failed;
  const mask = maskingOf(failed.secrets);
  const where = each.steps.length > 1 ? `step ${each.steps.indexOf(step) + 1}, ${step.operation}: ` : '';
  const mismatches = failed.mismatches.map((mismatch) => ({
    line: test.lineOf([...step.keys, 'expect', ...mismatch.keys]),
    text: describeMismatch(inLine(mask.mismatch(asWritten(mismatch, failed)), came, mask.show)),
  }));
  const tellings = [...came.unmatched, ...came.denied];
  const others = tellings.map((tell) => ({ line: test.lineOf(step.keys), text: tell(mask.show) }));
  const told = [...mismatches, ...others];
  const failure = composeFailure({
    mismatches: told.map(({ line, text }, index) => (index === 0 ? `${where}${text}` : `line ${line}: ${text}`)),
    below: [
      ...section('error', renderError(shown, test.scriptFile, mask.show)),
      ...section('requests', came.requests.map((each) => renderRequest(each, mask.show)).join('\n')),
      ...section('commands', came.commands.map((each) => renderCommand(each, mask.show)).join('\n')),
      ...section('last steps', cutLines(trace.render(mask.show))),
      ...failed.notes,
    ],
    place: { line: told[0]?.line ?? test.lineOf(step.keys) },
  });
  const isMasked = failed.secrets !== undefined && `${failure.message}\n${failure.detail}`.includes(maskWord);
  return isMasked
    ? { ...failure, detail: `${failure.detail}\n${maskWord} is masked; --show-secrets shows it` }
    : failure;
}

interface Masking {
  show: Show;
  mismatch: (mismatch: Mismatch) => Mismatch;
}

/** @param secrets Undefined when nothing is masked */
export function maskingOf(secrets: readonly string[] | undefined): Masking {
  if (secrets === undefined) return { show: inClear, mismatch: (mismatch) => mismatch };
  const masker = createMasker(secrets, { maskWord });
  return {
    show: (text, isSecret = false) => (isSecret ? maskWord : maskCut(masker.text(text), secrets, maskWord)),
    mismatch: (mismatch) => (isOfOwnWords(mismatch) ? mismatch : withOwnPart(mismatch, maskMismatch(mismatch, masker))),
  };
}

/** What a run can be is told in words of our own, whatever the secrets are. */
function isOfOwnWords({ keys: [part, name] }: Mismatch): boolean {
  return (
    ['outcome', 'taskStatus', 'problems', 'withinMs'].includes(String(part)) || (part === 'error' && name === 'code')
  );
}

function withOwnPart({ keys: [part = ''] }: Mismatch, masked: Mismatch): Mismatch {
  return { ...masked, keys: [part, ...masked.keys.slice(1)] };
}

/** A whole request or command in one line. */
function inLine(mismatch: Mismatch, { requests, commands }: Came, show: Show): Mismatch {
  const told = withRequest(mismatch, requests, show);
  return withRecord(told, 'commands', commands, (each) => renderCommand(each, show));
}

/** The expectation as it stands in the file, names for their values; of the run what may be shown of it. */
function asWritten(mismatch: Mismatch, { step, shown }: FailedStep): Mismatch {
  const { keys, expected, got } = mismatch;
  return { ...mismatch, expected: valueAt(step.expect as Json, keys) ?? expected, got: shownValue(keys, shown) ?? got };
}

function shownValue(keys: Mismatch['keys'], { value, response, discovered, log, error }: RunResult): Json | undefined {
  const [part, ...rest] = keys;
  switch (part) {
    case 'value':
      return valueAt(value, rest);
    case 'response':
      return valueAt(response, rest);
    case 'records':
      return valueAt(discovered, rest);
    case 'log':
      return log.map(({ text }) => text).join('\n');
    case 'error':
      return error === null
        ? undefined
        : rest[0] === 'code'
          ? error.code
          : rest[0] === 'message' || rest.length === 0
            ? error.message
            : undefined;
    default:
      return undefined;
  }
}

function valueAt(value: Json, keys: Mismatch['keys']): Json | undefined {
  let found: Json | undefined = value;
  for (const key of keys) {
    if (Array.isArray(found)) found = found[Number(key)];
    else if (found !== undefined && isJsonObject(found)) found = Object.hasOwn(found, key) ? found[key] : undefined;
    else return undefined;
  }
  return found;
}

function renderError({ error }: RunResult, file: string, show: Show): string {
  if (error === null) return '';
  const { code, message, hint, line, path, cause } = error;
  const ending = cause ?? { code, hint };
  const remedy = ending.code.startsWith('TARGET_') ? [`  ${show(ending.hint)}`] : [];
  const place = (at: { line: number | null; path: string }): string =>
    `  at ${at.line === null ? 'library' : `${file}:${at.line}`}  ${at.path}`;
  const first = cause === null ? [] : [`first: ${cause.code}  ${show(cause.message)}`, place(cause)];
  return [`${code}  ${show(message)}`, place({ line, path }), ...first, ...remedy].join('\n');
}

/** An answer may be as long as a file. */
function cutLines(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join('\n');
}
