import { toText } from '../../conversion/render-text.ts';
import { foldText } from '../../text/fold-text.ts';
import { isWhiteSpace } from '../../text/trim-text.ts';
import type { Value } from '../../values/value.ts';
import type { CallArguments } from '../call-arguments.ts';
import { formatText } from '../format-text.ts';
import { itemsOf } from '../items-of.ts';

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isWhiteSpace(text.charCodeAt(at))) return false;
  return true;
}

/** `Join` and `Concat` take one collection or the values themselves. */
function textsOf(given: CallArguments, start: number): string[] {
  const { evaluation } = given;
  const only = given.count === start + 1 ? given.value(start) : null;
  const items = typeof only === 'string' ? undefined : itemsOf(only);
  const texts = (items ?? given.kept.slice(start)).map((item) => toText(evaluation.take(item)));
  evaluation.budget.read(texts.length);
  return texts;
}

function join(given: CallArguments, separator: string, start: number): string {
  const texts = textsOf(given, start);
  let size = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) size += text.length;
  given.evaluation.make(size);
  return texts.join(separator);
}

function isEmpty(given: CallArguments, test: (text: string) => boolean): boolean {
  given.require(1);
  const text = given.textOrNull(0);
  return text === null || test(text);
}

function equals(given: CallArguments): boolean {
  given.require(2, 3);
  const comparison = given.flags(2, 'StringComparison');
  const [a, b] = [given.textOrNull(0), given.textOrNull(1)];
  return a === null || b === null ? a === b : foldText(a, comparison) === foldText(b, comparison);
}

const methods = new Map<string, (given: CallArguments) => Value>([
  ['isnullorempty', (given): Value => isEmpty(given, (text) => text === '')],
  ['isnullorwhitespace', (given): Value => isEmpty(given, isBlank)],
  [
    'join',
    (given): Value => {
      given.require(1, Number.POSITIVE_INFINITY);
      return join(given, given.textOrNull(0) ?? '', 1);
    },
  ],
  ['concat', (given): Value => join(given, '', 0)],
  [
    'format',
    (given): Value => {
      given.require(1, Number.POSITIVE_INFINITY);
      return formatText(given.evaluation, given.text(0), given.kept.slice(1));
    },
  ],
  ['equals', equals],
]);

/** `string.Name(…)`; undefined when there is no such method. */
export function callString(given: CallArguments): Value | undefined {
  return methods.get(given.method.toLowerCase())?.(given);
}
