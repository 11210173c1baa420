import { compilePattern } from '../../regex/compile-pattern.ts';
import { escapePattern, unescapePattern } from '../../regex/escape-pattern.ts';
import type { Value } from '../../values/value.ts';
import type { CallArguments } from '../call-arguments.ts';
import { regexMethods } from '../regex-members.ts';

/** `Regex.Name(…)`; undefined when there is no such method. */
export function callRegex(given: CallArguments): Value | undefined {
  const name = given.method.toLowerCase();
  if (name === 'escape' || name === 'unescape') {
    given.require(1);
    return name === 'escape' ? escapePattern(given.text(0)) : unescapePattern(given.text(0));
  }
  const method = regexMethods.get(name);
  if (method === undefined) return undefined;
  const before = 2 + method.extra;
  given.require(before, before + 1);
  const options = given.count > before ? (given.flags(before, 'RegexOptions') ?? given.integer(before)) : 0;
  const pattern = compilePattern(given.text(1), options);
  return method.run({ pattern, input: given.text(0), given, rest: 2 });
}
