import path from 'node:path';
import { findHook, type Hook } from '../../sps/plugin/find-hook.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { wordAt } from '../documents/word-at.ts';
import { type EditedPlugin, pluginOf } from '../hooks/plugin-of.ts';

export interface PluginSource extends EditedPlugin {
  isPython: boolean;
}

/** The plugin whose entry point the document is, by the MANIFEST of its folder. */
export function sourceOf(edited: EditedDocument): PluginSource | undefined {
  const plugin = pluginOf(edited, '.');
  const name = path.basename(edited.file);
  if (plugin?.entryPoint !== name) return undefined;
  return { ...plugin, isPython: !/\.[cm]?[jt]s$/.test(name) };
}

/** Where somebody types in the class `Plugin`: the name of a method, or the arguments of a hook. */
export type HookPlace =
  | { kind: 'name'; hasKeyword: boolean; isCalled: boolean; written: readonly string[] }
  | { kind: 'arguments'; hook: Hook; given: readonly string[] };

/** Undefined elsewhere. Looks at lines, because a source that is being written has no tree. */
export function findHookPlace(text: string, offset: number, { isPython, type }: PluginSource): HookPlace | undefined {
  const word = wordAt(text, offset);
  const lines = text.slice(0, word.start).split(/\r?\n/);
  const start = findClass(lines, isPython);
  if (start < 0) return undefined;
  const body = lines.slice(start).join('\n');
  const after = text.slice(word.end);
  const open = (isPython ? pythonArguments : scriptArguments).exec(body);
  if (open !== null) {
    const hook = findHook(type, open[1] ?? '');
    if (hook === undefined) return undefined;
    const rest = /^[^()[\]{}\n]*/.exec(after)?.[0] ?? '';
    const given = `${open[2] ?? ''},${rest}`.match(/\w+/g) ?? [];
    return { kind: 'arguments', hook, given };
  }
  const line = lines.at(-1) ?? '';
  const named = (isPython ? pythonName : scriptName).exec(line);
  if (named === null || (!isPython && depthOf(body) !== 1)) return undefined;
  const written = Array.from(text.matchAll(isPython ? pythonMethods : scriptMethods), ([, name = '']) => name);
  return { kind: 'name', hasKeyword: named[1] !== undefined, isCalled: /^[ \t]*\(/.test(after), written };
}

const pythonArguments = /\bdef[ \t]+(\w+)[ \t]*\(([^()[\]{}]*)$/;
const scriptArguments = /\b(\w+)[ \t]*\([ \t\n]*\{([^(){}]*)$/;
const pythonName = /^(?:[ ]{2,4}|\t)(def[ \t]+)?$/;
const scriptName = /^[ \t]+(async[ \t]+)?$/;
const pythonMethods = /^[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)/gm;
const scriptMethods = /^[ \t]+(?:async[ \t]+)?(\w+)[ \t]*\(/gm;

/** The line in which the class begins that the last line is in; -1 when it is in none. */
function findClass(lines: readonly string[], isPython: boolean): number {
  const start = lines.findLastIndex((line) => /^(?:export[ \t]+)?(?:default[ \t]+)?class[ \t]+Plugin\b/.test(line));
  if (start < 0) return -1;
  const hasEnded = lines.slice(start + 1).some((line) => (isPython ? /^[^\s#)]/ : /^\}/).test(line));
  return hasEnded ? -1 : start;
}

function depthOf(body: string): number {
  return (body.match(/\{/g) ?? []).length - (body.match(/\}/g) ?? []).length;
}

/** The hook whose definition begins last before a place. */
export function hookAround(text: string, offset: number, { isPython, type }: PluginSource): Hook | undefined {
  const before = text.slice(0, wordAt(text, offset).end);
  const names = Array.from(before.matchAll(isPython ? pythonMethods : scriptMethods), ([, name = '']) => name);
  const known = isPython ? names.slice(-1) : names.filter((name) => findHook(type, name) !== undefined).slice(-1);
  const [name = ''] = known;
  return findHook(type, name);
}
