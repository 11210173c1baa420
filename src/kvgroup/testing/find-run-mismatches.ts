import { compareTime } from '../../testing/compare-time.ts';
import { compareValue, type Mismatch } from '../../testing/compare-value.ts';
import { diffGroups, type KvDifference } from '../format/diff-groups.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { printItem } from '../format/print-message.ts';
import { isSecretPath } from '../running/create-run-masker.ts';
import type { RunResult } from '../running/run-result.ts';
import type { Expectation } from './expectation-schema.ts';

/** The answers of a run, as expected.kvg holds them. */
export function answersOf({ output, answers }: RunResult): KvGroup[] {
  if (answers !== undefined) return answers.flatMap((each) => each.output ?? []);
  return output === null ? [] : [output];
}

/** Where a run is not what expect.yaml asks for; keys begin with that of expect.yaml. */
export function findRunMismatches(expectation: Expectation, result: RunResult): Mismatch[] {
  const { retval, errmsg, maxMs } = expectation;
  return [
    ...compareClass(expectation, result),
    ...(retval === undefined ? [] : compareValue(String(retval), result.retval ?? undefined, ['retval'])),
    ...(errmsg === undefined ? [] : compareMessage(errmsg, result.errmsg)),
    ...(maxMs === undefined ? [] : compareTime(maxMs, result.durationMs, ['maxMs'])),
    ...(result.problems.some(({ code }) => code === 'NOT_SETTLED') ? [notSettled] : []),
  ];
}

const notSettled: Mismatch = { keys: ['settle'], expected: true, got: false, instead: 'the plugin has not settled' };

function compareClass({ class: expected }: Expectation, { class: got }: RunResult): Mismatch[] {
  if (expected !== undefined) return compareValue(expected, got, ['class']);
  return got === 'ok' || got === 'failure' ? [] : [{ keys: ['class'], expected: 'ok or failure', got }];
}

/** To the product, an answer without a message has an empty one. */
function compareMessage(expected: NonNullable<Expectation['errmsg']>, errmsg: string | null): Mismatch[] {
  const found = compareValue(expected, errmsg ?? undefined, ['errmsg']);
  return errmsg === null && compareValue(expected, '').length === 0 ? [] : found;
}

/** Where the answers of a run differ from expected.kvg; keys begin with `answer`. */
export function findAnswerMismatches(expected: readonly KvGroup[], result: RunResult): Mismatch[] {
  const got = answersOf(result);
  const found = expected.flatMap((group, index) => {
    const other = got[index];
    if (other === undefined) return [];
    const above = expected.length === 1 ? [] : [`answer ${index + 1}`];
    return diffGroups(group, other).map((each) => toMismatch(each, above));
  });
  if (expected.length === got.length) return found;
  return [...found, { keys: ['answers'], expected: expected.length, got: got.length }];
}

/** A group reads better as it is written than as JSON. */
function toMismatch({ path, before, after }: KvDifference, above: Mismatch['keys']): Mismatch {
  const keys = [...above, path === '' ? 'the root' : path];
  const [expected, got] = [before, after].map((side) => (typeof side === 'object' ? printItem(side, 0) : side));
  const isPlain = [before, after].every((side) => typeof side !== 'object');
  if (isPlain || isSecretPath(path)) return { keys, expected, got };
  return { keys, expected, got, instead: `expected ${renderSide(before)}, got ${renderSide(after)}` };
}

function renderSide(side: KvDifference['before']): string {
  if (side === undefined) return 'nothing';
  if (typeof side === 'string') return JSON.stringify(side);
  return side.c.length === 0 ? 'an empty group' : `a group\n${printItem(side, 1)}`;
}
