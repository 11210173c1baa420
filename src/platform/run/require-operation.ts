import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Block, operationsOf, type Script } from '../script/script.ts';
import { findOperation } from '../tables/operations.ts';

/** The operation of a name, found without regard to case. @throws PluginHostError OPERATION_UNKNOWN, USAGE */
export function requireOperation(script: Script, file: string, name: string | undefined): Block {
  const operations = operationsOf(script);
  const names = operations.map((each) => each.name);
  if (name === undefined)
    throw new PluginHostError('USAGE', `${file}: no operation is named`, { hint: `It has ${names.join(', ')}.` });
  const found = operations.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new PluginHostError('OPERATION_UNKNOWN', `${file} has no operation ${name}`, {
    hint: renderSuggestion(name, names),
  });
}

/** Whether it changes the target, so that somebody has to say yes. */
export function changesTarget({ name }: Pick<Block, 'name'>): boolean {
  return findOperation(name)?.changes === true;
}
