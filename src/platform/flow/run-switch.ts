import { equalValues } from '../conversion/equal-values.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import type { VerbHandler } from '../engine/verb-handler.ts';
import { compilePattern } from '../regex/compile-pattern.ts';
import { PatternError } from '../regex/parsing/pattern-error.ts';
import type { Case } from '../script/script.ts';
import type { Value } from '../values/value.ts';

/** `Switch`: the first case that equals, or whose text is found as a pattern. Source: specification d.1. */
export const runSwitch: VerbHandler = (active, inner) => {
  const value = active.value('MatchValue');
  const { cases, blocks } = active.step;
  const index = cases.findIndex((each) => matches(active, value, each));
  const found = index === -1 ? blocks.get('DefaultCase') : cases[index]?.body;
  active.trace({ kind: 'branch', why: index === -1 ? (found === undefined ? 'no case' : 'default') : `case ${index}` });
  return found === undefined ? undefined : inner.run(active, found);
};

function matches(active: ActiveStep, value: Value, { value: node }: Case): boolean {
  if (node === undefined) return false;
  const wanted = active.substitute(node);
  const plain = plainValue(wanted);
  // The text of a Boolean is True or False; as a text it is compared with texts.
  const isText = typeof plain === 'string' && typeof plainValue(value) === 'boolean';
  const note = (text: string): void => {
    active.warn('L25', `the case: ${text}`);
  };
  if (!isText && equalValues(value, wanted, note)) return true;
  if (typeof plain !== 'string' || plainValue(value) === null) return false;
  const text = toText(value);
  return text === plain || isFound(active, text, plain);
}

/** A text that is no pattern is only compared. */
function isFound(active: ActiveStep, text: string, pattern: string): boolean {
  const { budget } = active.run;
  budget.startStep();
  try {
    return compilePattern(pattern, 0).match(text, 0, budget).success;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    active.warn('L31', 'a CaseValue is no regular expression: it is compared only');
    return false;
  }
}
