import { argumentsOf, findHook, hooksByType, type Hook, isSince, pluginTypes } from '../../sps/plugin/find-hook.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { describeArgument } from '../hooks/describe-argument.ts';
import { describeHook } from '../hooks/describe-hook.ts';
import { pluginOf } from '../hooks/plugin-of.ts';
import type { Cursor, Keys } from './find-cursor.ts';
import type { Known, Place } from './known.ts';
import { knownInScript, knownInScriptTest } from './known-in-script.ts';

/** Names that no schema has: hooks of the plugin, arguments of the hook, operations and functions of the script. */
export function knownAt(kind: DocumentKind, place: Place, edited: EditedDocument): Known[] {
  const { siblings = [] } = place;
  const known = findKnown(kind, place, edited);
  return place.isKey ? known.filter(({ label }) => !siblings.includes(label)) : known;
}

function findKnown(kind: DocumentKind, place: Place, edited: EditedDocument): Known[] {
  switch (kind) {
    case 'plugin-test':
      return ofPlugin(place, edited);
    case 'platform-script':
      return knownInScript(place, edited.text);
    case 'platform-test':
      return knownInScriptTest(place, edited);
    default:
      return [];
  }
}

function ofPlugin({ keys, isKey, valueAt }: Place, edited: EditedDocument): Known[] {
  const named = valueAt(['plugin']);
  const plugin = typeof named === 'string' ? pluginOf(edited, named) : undefined;
  const { api = '1.9' } = plugin ?? {};
  const types = plugin === undefined ? pluginTypes : [plugin.type];
  if (!isKey && keys.at(-1) === 'hook') {
    const hooks = new Map(types.flatMap((type) => hooksByType[type].map((hook) => [hook.name, hook] as const)));
    return [...hooks.values()].filter(({ since }) => isSince(since, api)).map((hook) => hookItem(hook, api));
  }
  const hook = isKey ? hookAbove(keys, valueAt) : undefined;
  const found = hook === undefined ? undefined : types.flatMap((type) => findHook(type, hook) ?? [])[0];
  if (found === undefined) return [];
  if (keys.at(-1) === 'kwargs') return argumentItems(found, api);
  const isResult = keys.at(-1) === 'value' && keys.at(-2) === 'expect';
  return isResult ? found.resultKeys.map((label) => ({ label, detail: 'result', documentation: undefined })) : [];
}

/** Of the step that the keys lead into. */
function hookAbove(keys: Keys, valueAt: Cursor['valueAt']): string | undefined {
  const index = keys.findLastIndex((key) => typeof key === 'number');
  const hook = valueAt([...keys.slice(0, index + 1), 'hook']);
  return typeof hook === 'string' ? hook : undefined;
}

function hookItem(hook: Hook, api: string): Known {
  return { label: hook.name, detail: 'hook', documentation: describeHook(hook, api) };
}

/** Deprecated ones last. */
function argumentItems(hook: Hook, api: string): Known[] {
  return argumentsOf(hook, api)
    .toSorted((one, other) => Number(one.deprecatedFor !== undefined) - Number(other.deprecatedFor !== undefined))
    .map((each) => ({ label: each.name, detail: each.type, documentation: describeArgument(each) }));
}
