import { compilePattern } from '../regex/compile-pattern.ts';
import { Dictionary } from '../values/dictionary.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { itemsOf } from './items-of.ts';
import { missingName } from './missing-name.ts';
import { RegexValue } from './regex-value.ts';

/** `new Type(…)`: lists, discovered groups and patterns. Source: specification c.4. */
export function createValue(type: string, given: CallArguments): Value {
  switch (type) {
    case 'List':
      given.require(0, 1);
      return new ScriptList('list', itemsToCopy(given));
    case 'DiscoveredGroup':
      given.require(2);
      return new Dictionary(
        [
          ['Name', given.stored(0)],
          ['Id', given.stored(1)],
        ],
        'DiscoveredGroup',
      );
    case 'Regex':
      given.require(1, 2);
      return new RegexValue(compilePattern(given.text(0), given.count > 1 ? (given.flags(1, 'RegexOptions') ?? 0) : 0));
    default:
      throw missingName(type.split('.')[0] ?? type, given.evaluation.scope.path);
  }
}

/** `new List<T>(collection)`; a number there is only room that is asked for. */
function itemsToCopy(given: CallArguments): Value[] {
  const items = given.count === 0 ? [] : (itemsOf(given.value(0)) ?? []);
  given.evaluation.budget.makeItems(items.length);
  return [...items];
}
