import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { argumentsOf, type Hook, hooksByType, isSince } from '../../sps/plugin/find-hook.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { wordAt } from '../documents/word-at.ts';
import { describeArgument } from '../hooks/describe-argument.ts';
import { describeHook } from '../hooks/describe-hook.ts';
import { findHookPlace, type HookPlace, type PluginSource, sourceOf } from './find-hook-place.ts';

/** Hooks and their arguments in the source of a plugin; nothing in other files. */
export function completeSource(document: TextDocument, offset: number, edited: EditedDocument): CompletionItem[] {
  const source = sourceOf(edited);
  const place = source && findHookPlace(edited.text, offset, source);
  if (source === undefined || place === undefined) return [];
  const { api, type } = source;
  const { start } = wordAt(edited.text, offset);
  const range = { start: document.positionAt(start), end: document.positionAt(offset) };
  if (place.kind === 'arguments') {
    const free = argumentsOf(place.hook, api).filter(({ name }) => !place.given.includes(name));
    return free.map((argument, index) => ({
      label: argument.name,
      kind: CompletionItemKind.Variable,
      detail: argument.type,
      documentation: describeArgument(argument),
      sortText: String(index).padStart(4, '0'),
      ...(argument.deprecatedFor !== undefined && { tags: [1 as const], sortText: `9${argument.name}` }),
      textEdit: { range, newText: argument.name },
    }));
  }
  return hooksByType[type]
    .filter(({ name, since }) => isSince(since, api) && !place.written.includes(name))
    .map((hook) => ({
      label: hook.name,
      kind: CompletionItemKind.Method,
      detail: `hook of ${type}`,
      documentation: describeHook(hook, api),
      textEdit: { range, newText: renderStart(hook, place, source) },
    }));
}

/** With the arguments that every hook has; more are completed between the brackets. */
function renderStart({ name }: Hook, place: Extract<HookPlace, { kind: 'name' }>, { isPython }: PluginSource): string {
  if (place.isCalled) return name;
  if (!isPython) return `${name}({ cookie, session_cookie })`;
  return `${place.hasKeyword ? '' : 'def '}${name}(self, cookie, session_cookie):`;
}
