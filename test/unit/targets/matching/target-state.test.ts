import { expect, test } from 'vitest';
import { TargetState } from '../../../../src/targets/matching/target-state.ts';

test('answers are used up in order, and the last stays', () => {
  const state = new TargetState();
  const rule = {};
  expect([1, 2, 3, 4].map(() => state.take(rule, ['a', 'b', 'c']))).toEqual(['a', 'b', 'c', 'c']);
});

test('a rule answers as often as it may', () => {
  const state = new TargetState();
  const rule = { times: 1 };
  expect(state.refusalOf(rule)).toBeUndefined();
  state.take(rule, ['a']);
  expect(state.refusalOf(rule)).toBe('it has answered as often as it may: 1');
});

test('a rule of a state answers in that one; the first is start', () => {
  const state = new TargetState();
  expect(state.refusalOf({ when: 'start' })).toBeUndefined();
  expect(state.refusalOf({ when: 'locked' })).toBe('it answers in state locked, and the target is in start');
  state.enter('locked');
  state.enter(undefined);
  expect(state.refusalOf({ when: 'locked' })).toBeUndefined();
});
