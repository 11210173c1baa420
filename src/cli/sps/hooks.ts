import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { requireApi } from '../../sps/call/resolve-host.ts';
import {
  type Argument,
  argumentsOf,
  type Hook,
  hooksByType,
  isPluginType,
  isSince,
} from '../../sps/plugin/find-hook.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { hookCommands } from './commands/hook-commands.ts';

type HooksOptions = OptionsOf<typeof hookCommands.hooks>;

export function hooks(terminal: Terminal, type: string | undefined, { json, api }: HooksOptions): Promise<number> {
  requireApi(api);
  const types = Object.keys(hooksByType).filter(isPluginType);
  if (type !== undefined && !isPluginType(type)) {
    throw new PluginHostError('USAGE', `${type} is not a plugin type with known hooks`, {
      hint: renderSuggestion(type, types),
    });
  }
  const chosen = types
    .filter((each) => type === undefined || each === type)
    .map((each) => ({ type: each, hooks: hooksByType[each].filter(({ since }) => isSince(since, api)) }));
  if (json) {
    terminal.printJson(
      Object.fromEntries(chosen.map((each) => [each.type, each.hooks.map((hook) => toJson(hook, api))])),
    );
  } else {
    terminal.show(
      chosen
        .map((each) => each.hooks.map((hook) => renderHook(each.type, hook, api, terminal)).join('\n\n'))
        .join('\n\n'),
    );
  }
  return Promise.resolve(0);
}

/** Without what else the table knows about a hook. */
function toJson({ fetches: _fetches, next: _next, ...hook }: Hook, api: string): object {
  return { ...hook, arguments: listArguments(hook, api) };
}

/** A name is not deprecated as long as no other name replaces it. */
function listArguments(hook: Pick<Hook, 'arguments'>, api: string): Argument[] {
  const known = argumentsOf(hook, api);
  return known.map(({ deprecatedFor, ...argument }) =>
    deprecatedFor !== undefined && known.some(({ name }) => name === deprecatedFor)
      ? { ...argument, deprecatedFor }
      : argument,
  );
}

function renderHook(type: string, hook: Hook, api: string, { paint }: Terminal): string {
  const need = { yes: 'mandatory', accept: 'if absent: ACCEPT', no: 'optional' }[hook.isMandatory];
  const known = listArguments(hook, api);
  const width = Math.max(...known.map(({ name }) => name.length));
  return [
    `${paint('bold', hook.name)}  ${type}, since API ${hook.since}, ${need}`,
    ...known.map(({ name, type: argumentType, since, deprecatedFor }) => {
      const notes = [
        since === '1.0' ? '' : `since API ${since}`,
        deprecatedFor === undefined ? '' : `deprecated: use ${deprecatedFor}`,
      ];
      return `  ${name.padEnd(width)}  ${argumentType.padEnd(5)}  ${paint('dim', notes.filter(Boolean).join(', '))}`.trimEnd();
    }),
    `  ${paint('dim', `returns ${hook.isResultIgnored ? 'nothing' : hook.resultKeys.join(', ')}`)}`,
  ].join('\n');
}
