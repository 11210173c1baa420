import path from 'node:path';
import { readScript } from '../../platform/script/read-script.ts';
import { functionsOf, operationsOf, type Script } from '../../platform/script/script.ts';
import { argumentsOf, findHook, hooksByType, type Hook, isSince, pluginTypes } from '../../sps/plugin/find-hook.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { describeArgument } from '../hooks/describe-argument.ts';
import { describeHook } from '../hooks/describe-hook.ts';
import { pluginOf } from '../hooks/plugin-of.ts';
import type { Cursor, Keys } from './find-cursor.ts';

/** A name that can stand somewhere because of what the document is about. */
export interface Known {
  label: string;
  detail: string | undefined;
  documentation: string | undefined;
}

type Place = Pick<Cursor, 'keys' | 'isKey' | 'valueAt'> & { siblings?: readonly string[] };

/** Names that no schema has: hooks of the plugin, arguments of the hook, operations and functions of the script. */
export function knownAt(kind: DocumentKind, place: Place, edited: EditedDocument): Known[] {
  const { siblings = [] } = place;
  const known =
    kind === 'plugin-test'
      ? ofPlugin(place, edited)
      : kind.startsWith('platform-')
        ? ofScript(kind, place, edited)
        : [];
  return place.isKey ? known.filter(({ label }) => !siblings.includes(label)) : known;
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
export function argumentItems(hook: Hook, api: string): Known[] {
  return argumentsOf(hook, api)
    .toSorted((one, other) => Number(one.deprecatedFor !== undefined) - Number(other.deprecatedFor !== undefined))
    .map((each) => ({ label: each.name, detail: each.type, documentation: describeArgument(each) }));
}

function ofScript(
  kind: DocumentKind,
  { keys, isKey, valueAt }: Place,
  { file, text, textOf }: EditedDocument,
): Known[] {
  if (kind === 'platform-script') {
    const isCall = !isKey && keys.at(-1) === 'Name' && keys.at(-2) === 'Function';
    return isCall ? functionNames(text).map((label) => ({ label, detail: 'function', documentation: undefined })) : [];
  }
  const named = valueAt(['script']);
  const written = typeof named === 'string' ? textOf(path.resolve(path.dirname(file), named)) : undefined;
  const script: Script | undefined = written === undefined ? undefined : readScript(written).script;
  if (script === undefined) return [];
  if (!isKey && keys.at(-1) === 'operation') {
    return operationsOf(script).map(({ name }) => ({ label: name, detail: 'operation', documentation: undefined }));
  }
  if (!isKey || keys.at(-1) !== 'parameters') return [];
  const declared = [...operationsOf(script), ...functionsOf(script)].flatMap(({ parameters }) => parameters);
  const names = [...new Set(declared.map(({ name }) => name))];
  return names.map((label) => ({ label, detail: 'parameter', documentation: undefined }));
}

/** Also of a script that is no JSON at this moment. */
function functionNames(text: string): string[] {
  const { script } = readScript(text);
  if (script !== undefined) return functionsOf(script).map(({ name }) => name);
  return [...new Set(Array.from(text.matchAll(/"Name"[ \t]*:[ \t]*"([\w.-]+)"/g), ([, name = '']) => name))];
}
