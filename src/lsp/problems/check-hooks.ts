import { renderSuggestion } from '../../base/nearest-name.ts';
import type { YamlFile } from '../../documents/read-yaml-file.ts';
import { hooksByType, pluginTypes } from '../../sps/plugin/find-hook.ts';
import type { EditedDocument, TextProblem } from '../documents/edited-document.ts';
import { pluginOf } from '../hooks/plugin-of.ts';

type Keys = (string | number)[];

/** Hooks in a test that the plugin's type has not: each such call would fail. */
export function checkHooks(document: EditedDocument, { value, place }: YamlFile): TextProblem[] {
  const plugin = fieldOf(value, 'plugin');
  const type = typeof plugin === 'string' ? pluginOf(document, plugin)?.type : undefined;
  const types = type === undefined ? pluginTypes : [type];
  const known = [...new Set(types.flatMap((each) => hooksByType[each].map(({ name }) => name)))];
  return listHooks(value).flatMap(({ hook, keys }): TextProblem[] => {
    if (known.includes(hook)) return [];
    const what = type === undefined ? 'a hook' : `a hook of plugins of type ${type}`;
    const problem = place({ keys, message: `${JSON.stringify(hook)} is not ${what}` });
    return [{ level: 'error', code: 'HOOK_UNKNOWN', hint: renderSuggestion(hook, known), word: hook, ...problem }];
  });
}

function listHooks(value: unknown): { hook: string; keys: Keys }[] {
  return itemsOf(value, 'cases').flatMap((each, index) => [
    ...hookIn(each, ['cases', index]),
    ...itemsOf(each, 'steps').flatMap((step, at) => hookIn(step, ['cases', index, 'steps', at])),
  ]);
}

function hookIn(value: unknown, keys: Keys): { hook: string; keys: Keys }[] {
  const hook = fieldOf(value, 'hook');
  return typeof hook === 'string' && hook !== '' ? [{ hook, keys: [...keys, 'hook'] }] : [];
}

function itemsOf(value: unknown, key: string): unknown[] {
  const items = fieldOf(value, key);
  return Array.isArray(items) ? items : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
