import { toText } from '../conversion/render-text.ts';
import type { Pattern } from '../regex/pattern.ts';
import { CaptureList } from '../values/match-value.ts';
import type { MatchValue } from '../values/match-value.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { LambdaValue } from './lambda-value.ts';
import { MemberTable } from './member-table.ts';
import type { RegexValue } from './regex-value.ts';

/** `Regex.Method(input, pattern, …)` finds its text at 0 and what follows the pattern at 2; a method of a `Regex` at 0 and 1. */
export interface RegexCall {
  pattern: Pattern;
  input: string;
  given: CallArguments;
  /** Where the arguments after input and pattern begin. */
  rest: number;
}

function isMatch({ pattern, input, given }: RegexCall): Value {
  return pattern.match(input, 0, given.evaluation.budget).success;
}

function match({ pattern, input, given }: RegexCall): Value {
  return pattern.match(input, 0, given.evaluation.budget);
}

/** What a match costs besides the steps to it. */
const workPerMatch = 50;

/** A match holds its groups, and these their captures. */
const itemsPerMatch = 12;

/** Every match, one after the other. */
function* matchesOf({ pattern, input, given }: RegexCall): Generator<MatchValue> {
  const { budget } = given.evaluation;
  for (let found = pattern.match(input, 0, budget); found.success; found = found.next(budget)) {
    budget.work(workPerMatch);
    yield found;
  }
}

function matches(call: RegexCall): Value {
  const found: MatchValue[] = [];
  for (const each of matchesOf(call)) {
    call.given.evaluation.budget.requireItems((found.length + 1) * itemsPerMatch);
    found.push(each);
  }
  return new CaptureList('MatchCollection', found);
}

function replace(call: RegexCall): Value {
  const { pattern, input, given, rest } = call;
  const { evaluation } = given;
  const replacement = given.value(rest);
  const render =
    replacement instanceof LambdaValue
      ? (found: MatchValue): string => toText(evaluation.take(replacement.call(found)))
      : pattern.replacement(given.text(rest));
  let text = '';
  let end = 0;
  for (const found of matchesOf(call)) {
    text += input.slice(end, found.index) + render(found);
    evaluation.budget.requireSize(text.length);
    end = found.index + found.length;
  }
  evaluation.make(text.length + input.length - end);
  return text + input.slice(end);
}

/** The pieces between the matches, with what groups captured in between. */
function split(call: RegexCall): Value {
  const pieces: string[] = [];
  let end = 0;
  for (const found of matchesOf(call)) {
    call.given.evaluation.budget.requireItems(pieces.length + found.groups.length);
    pieces.push(call.input.slice(end, found.index));
    for (const group of found.groups.slice(1)) if (group.success) pieces.push(group.text);
    end = found.index + found.length;
  }
  call.given.evaluation.make(call.input.length);
  return new ScriptList('array', [...pieces, call.input.slice(end)]);
}

/** By name, with how many arguments follow input and pattern. */
export const regexMethods = new Map<string, { run: (call: RegexCall) => Value; extra: number }>([
  ['ismatch', { run: isMatch, extra: 0 }],
  ['match', { run: match, extra: 0 }],
  ['matches', { run: matches, extra: 0 }],
  ['replace', { run: replace, extra: 1 }],
  ['split', { run: split, extra: 0 }],
]);

function ofValue(name: string): (regex: RegexValue, given: CallArguments) => Value {
  return ({ pattern }, given) => {
    const method = regexMethods.get(name);
    given.require(1 + (method?.extra ?? 0));
    return method?.run({ pattern, input: given.text(0), given, rest: 1 }) ?? null;
  };
}

/** Of a `Regex` that was made with `new`. */
export const regexMembers = new MemberTable<RegexValue>(
  {},
  {
    IsMatch: ofValue('ismatch'),
    Match: ofValue('match'),
    Matches: ofValue('matches'),
    Replace: ofValue('replace'),
    Split: ofValue('split'),
  },
);
