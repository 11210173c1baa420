import { argumentsOf, findHook } from '../../sps/plugin/find-hook.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { wordAt } from '../documents/word-at.ts';
import { describeArgument } from '../hooks/describe-argument.ts';
import { describeHook } from '../hooks/describe-hook.ts';
import { hookAround, sourceOf } from './find-hook-place.ts';

/** What a hook, or an argument of the hook around it, is. */
export function hoverSource(offset: number, edited: EditedDocument): string | undefined {
  const source = sourceOf(edited);
  if (source === undefined) return undefined;
  const { text } = edited;
  const { start, end } = wordAt(text, offset);
  const word = text.slice(start, end);
  const hook = findHook(source.type, word);
  if (hook !== undefined) return describeHook(hook, source.api);
  const around = hookAround(text, offset, source);
  const argument = around && argumentsOf(around, source.api).find(({ name }) => name === word);
  return argument && describeArgument(argument);
}
