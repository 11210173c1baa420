import { toText } from '../conversion/render-text.ts';
import { changeCase } from '../text/change-case.ts';
import { foldText } from '../text/fold-text.ts';
import { splitText } from '../text/split-text.ts';
import { trimText } from '../text/trim-text.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { MemberTable } from './member-table.ts';
import type { Method } from './member-table.ts';

function outOfRange(name: string): ScriptError {
  return new ScriptError(
    'EXPRESSION_FAILED',
    `Specified argument was out of the range of valid values. (Parameter '${name}')`,
  );
}

function requireRange(isInside: boolean, name: string): void {
  if (!isInside) throw outOfRange(name);
}

/** The start and length that a method was given. */
function requirePiece(text: string, start: number, length: number): void {
  requireRange(start >= 0 && start <= text.length, 'startIndex');
  requireRange(length >= 0 && start + length <= text.length, 'length');
}

function isPlace(test: (text: string, part: string) => boolean): Method<string> {
  return (text, given) => {
    given.require(1, 2);
    const comparison = given.flags(1, 'StringComparison');
    return test(foldText(text, comparison), foldText(given.text(0), comparison));
  };
}

/** `IndexOf(value[, start[, count]][, comparison])`. */
function indexOf(text: string, given: CallArguments): Value {
  given.require(1, 4);
  const comparison = given.flags(given.count - 1, 'StringComparison');
  const numbers = given.count - (comparison === undefined ? 1 : 2);
  const start = numbers > 0 ? given.integer(1) : 0;
  const count = numbers > 1 ? given.integer(2) : text.length - start;
  requirePiece(text, start, count);
  const found = foldText(text.slice(0, start + count), comparison).indexOf(foldText(given.text(0), comparison), start);
  return found;
}

/** `LastIndexOf(value[, start[, count]])`: backwards from `start`, so many units. */
function lastIndexOf(text: string, given: CallArguments): Value {
  given.require(1, 4);
  const comparison = given.flags(given.count - 1, 'StringComparison');
  const numbers = given.count - (comparison === undefined ? 1 : 2);
  const part = foldText(given.text(0), comparison);
  const whole = foldText(text, comparison);
  if (numbers === 0) return whole.lastIndexOf(part);
  const start = given.integer(1);
  requireRange(start >= -1 && start <= text.length, 'startIndex');
  const count = numbers > 1 ? given.integer(2) : start + 1;
  requireRange(count >= 0 && start - count + 1 >= 0, 'count');
  const first = start - count + 1;
  const found = whole.slice(first, start + 1).lastIndexOf(part);
  return found < 0 ? -1 : first + found;
}

function replace(text: string, given: CallArguments): Value {
  given.require(2, 3);
  const [old, fresh] = [given.text(0), given.textOrNull(1) ?? ''];
  if (old === '') throw new ScriptError('EXPRESSION_FAILED', "String cannot be of zero length. (Parameter 'oldValue')");
  const comparison = given.flags(2, 'StringComparison');
  const [whole, part] = [foldText(text, comparison), foldText(old, comparison)];
  const places: number[] = [];
  let size = text.length;
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + part.length)) {
    places.push(at);
    size += fresh.length - part.length;
    given.evaluation.budget.work(4);
  }
  given.evaluation.make(size);
  let replaced = '';
  let end = 0;
  for (const at of places) {
    replaced += text.slice(end, at) + fresh;
    end = at + part.length;
  }
  return replaced + text.slice(end);
}

/** The separators are one text, several, or a list; `Split(separator, count)`. */
function split(text: string, given: CallArguments): Value {
  const separators: string[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (let at = 0; at < given.count; at++) {
    const value = given.plain(at);
    if (typeof value === 'number') limit = value;
    else if (value instanceof ScriptList) separators.push(...value.items.map((item) => toText(item)));
    else if (typeof value === 'string') separators.push(value);
  }
  requireRange(limit >= 0, 'count');
  const { budget } = given.evaluation;
  if (separators.length !== 1) budget.work((text.length * (separators.length + 1)) / 2);
  const pieces = splitText(text, separators, Math.min(limit, budget.maxItems + 1));
  budget.makeItems(pieces.length);
  return new ScriptList('array', pieces);
}

function pad(text: string, given: CallArguments): { width: number; unit: string } {
  given.require(1, 2);
  const width = given.integer(0);
  requireRange(width >= 0, 'totalWidth');
  given.evaluation.make(Math.max(width, text.length));
  return { width, unit: given.count > 1 ? given.text(1).slice(0, 1) || ' ' : ' ' };
}

function trim(ends: 'both' | 'start' | 'end'): Method<string> {
  return (text, given) => {
    const units = given.kept.map((_unit, at) => toText(listed(given.plain(at)))).join('');
    return trimText(text, ends, units === '' ? undefined : units);
  };
}

function listed(value: Value): Value {
  return value instanceof ScriptList ? value.items.map((item) => toText(item)).join('') : value;
}

function insert(text: string, given: CallArguments): Value {
  given.require(2);
  const at = given.integer(0);
  const part = given.text(1);
  requireRange(at >= 0 && at <= text.length, 'startIndex');
  given.evaluation.make(text.length + part.length);
  return text.slice(0, at) + part + text.slice(at);
}

function remove(text: string, given: CallArguments): Value {
  given.require(1, 2);
  const start = given.integer(0);
  const count = given.count > 1 ? given.integer(1) : text.length - start;
  requirePiece(text, start, count);
  return text.slice(0, start) + text.slice(start + count);
}

function substring(text: string, given: CallArguments): Value {
  given.require(1, 2);
  const start = given.integer(0);
  const length = given.count > 1 ? given.integer(1) : text.length - start;
  requirePiece(text, start, length);
  return text.slice(start, start + length);
}

function changed(to: 'upper' | 'lower'): Method<string> {
  return (text, given) => {
    given.require(0);
    given.evaluation.make(text.length);
    return changeCase(text, to);
  };
}

/** Of String. Comparisons are ordinal. Source: .NET; specification c.7. */
export const textMembers = new MemberTable<string>(
  { Length: (text) => text.length },
  {
    Contains: isPlace((text, part) => text.includes(part)),
    StartsWith: isPlace((text, part) => text.startsWith(part)),
    EndsWith: isPlace((text, part) => text.endsWith(part)),
    IndexOf: indexOf,
    LastIndexOf: lastIndexOf,
    Replace: replace,
    Split: split,
    Substring: substring,
    Remove: remove,
    Insert: insert,
    Trim: trim('both'),
    TrimStart: trim('start'),
    TrimEnd: trim('end'),
    ToUpper: changed('upper'),
    ToUpperInvariant: changed('upper'),
    ToLower: changed('lower'),
    ToLowerInvariant: changed('lower'),
    PadLeft: (text, given) => {
      const { width, unit } = pad(text, given);
      return text.padStart(width, unit);
    },
    PadRight: (text, given) => {
      const { width, unit } = pad(text, given);
      return text.padEnd(width, unit);
    },
    ToCharArray: (text, given) => {
      given.require(0);
      given.evaluation.budget.makeItems(text.length);
      return new ScriptList('array', text.split(''));
    },
  },
);
