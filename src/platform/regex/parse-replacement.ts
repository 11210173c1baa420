import type { MatchValue } from '../values/match-value.ts';
import type { GroupName } from './parsing/pattern-node.ts';

type Part = string | ((match: MatchValue) => string);

const part = /\$(?:\$|(&)|(`)|(')|(\+)|(_)|([0-9]+)|\{([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)\})/gu;

/** What `$1`, `${name}`, `$$`, `$&` and their like stand for; one that is no group stays as it is. Source: .NET, substitutions. */
export function parseReplacement(text: string, groups: readonly GroupName[]): (match: MatchValue) => string {
  const parts: Part[] = [];
  let end = 0;
  for (const found of text.matchAll(part)) {
    parts.push(text.slice(end, found.index), readPart(found, groups));
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return (match) => parts.map((each) => (typeof each === 'string' ? each : each(match))).join('');
}

function readPart(found: RegExpExecArray, groups: readonly GroupName[]): Part {
  const [text, whole, before, after, last, input, number, name] = found;
  if (text === '$$') return '$';
  if (whole) return (match) => match.text;
  if (before) return (match) => match.input.slice(0, match.index);
  if (after) return (match) => match.input.slice(match.index + match.length);
  if (last) return (match) => match.groups.at(-1)?.text ?? '';
  if (input) return (match) => match.input;
  return number === undefined ? ofGroup(name ?? '', text, groups) : ofNumber(number, text, groups);
}

function ofNumber(digits: string, text: string, groups: readonly GroupName[]): Part {
  const slot = groups.findIndex(({ number }) => number === Number(digits));
  return slot < 0 ? text : (match): string => match.groups[slot]?.text ?? '';
}

function ofGroup(name: string, text: string, groups: readonly GroupName[]): Part {
  const isNumber = /^[0-9]+$/.test(name);
  const slot = groups.findIndex((group) => group.name === name || (isNumber && group.number === Number(name)));
  return slot < 0 ? text : (match): string => match.groups[slot]?.text ?? '';
}
