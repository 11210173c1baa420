import { expect, test } from 'vitest';
import { type RanCase, tellOnce } from '../../../src/testing/tell-once.ts';

const failed = (name: string, cause?: string, detail = 'a traceback'): RanCase => ({
  ...{ name, passed: false, durationMs: 1, failure: { message: 'raised', detail } },
  ...(cause !== undefined && { cause: { key: cause, why: 'the plugin cannot be imported' } }),
});

const renderAll = (cases: RanCase[]): string[] =>
  tellOnce(cases).map(({ name, failure, skipped }) => `${name}: ${skipped ?? failure?.detail ?? 'passed'}`);

test('the first of those that ended so before any hook tells it, the others say where', () => {
  const passed: RanCase = { name: 'expects it', passed: true, durationMs: 1 };
  const cases = [passed, failed('one', 'import'), failed('two', 'import'), failed('two', 'import')];
  expect(renderAll(cases)).toEqual([
    'expects it: passed',
    'one: a traceback\nthe same in two, two',
    'two: not run: the plugin cannot be imported, see "one"',
    'two: not run: the plugin cannot be imported, see "one"',
  ]);
});

test('what differs, and what a hook did, is told of each', () => {
  const cases = [failed('one', 'import'), failed('two', 'constructor'), failed('three'), failed('four')];
  expect(renderAll(cases)).toEqual(['one: a traceback', 'two: a traceback', 'three: a traceback', 'four: a traceback']);
});

test('of many the first are named', () => {
  const many = Array.from({ length: 9 }, (_, n) => failed(`${n}`, 'import', ''));
  expect(renderAll(many)[0]).toBe('0: the same in 1, 2, 3, 4, 5 and 3 more');
  expect(tellOnce(many).some((each) => 'cause' in each)).toBe(false);
});
