import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { reservedParameters } from '../../platform/tables/reserved-parameters.ts';
import { statusMessages } from '../../platform/tables/status-messages.ts';
import { verbSummary } from '../../platform/tables/verb-summary.ts';
import type { Verb, VerbProperty } from '../../platform/tables/verb.ts';
import { verbs } from '../../platform/tables/verbs.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { tableCommands } from './commands/table-commands.ts';
import { sayEmulated } from './say-emulated.ts';

type TableOptions = OptionsOf<typeof tableCommands.parameters>;

/** `plugin-host platform commands [VERB]` */
export function listCommands(terminal: Terminal, name: string | undefined, { json }: TableOptions): Promise<number> {
  sayEmulated(terminal);
  const chosen = name === undefined ? verbs : [findOrRefuse(name)];
  const documents = chosen.map((verb) => ({
    verb: verb.name,
    properties: propertiesOf(verb.properties),
    emulated: verb.isEmulated,
  }));
  const [first] = documents;
  if (json) terminal.printJson(documents);
  else if (name === undefined || first === undefined) terminal.show(renderVerbs(terminal));
  else {
    const rows = first.properties.map((each) => [each.name, each.required ? 'required' : '']);
    const summary = [verbSummary(first.verb) ?? 'undocumented', ...(first.emulated ? [] : ['not emulated'])].join('; ');
    terminal.show(
      `${terminal.paint('bold', first.verb)}  ${summary}\n\n${renderTable(['property', ''], rows, terminal.paint)}`,
    );
  }
  return Promise.resolve(0);
}

function renderVerbs({ paint }: Terminal): string {
  const rows = verbs.map(({ name, isEmulated }) => [
    name,
    verbSummary(name) ?? 'undocumented',
    isEmulated ? '' : 'not emulated',
  ]);
  return renderTable(['verb', 'what it does', ''], rows, paint);
}

/** @throws PluginHostError USAGE */
function findOrRefuse(name: string): Verb {
  const found = verbs.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const hint = renderSuggestion(
    name,
    verbs.map((each) => each.name),
  );
  throw new PluginHostError('USAGE', `${name} is not a verb`, { hint });
}

/** What is in an object such as `Message` by its path. */
function propertiesOf(properties: readonly VerbProperty[], above = ''): { name: string; required: boolean }[] {
  return properties.flatMap(({ name, isRequired, properties: inner }) => [
    { name: `${above}${name}`, required: isRequired },
    ...propertiesOf(inner, `${above}${name}.`),
  ]);
}

/** `plugin-host platform parameters` */
export function listParameters(terminal: Terminal, { json }: TableOptions): Promise<number> {
  sayEmulated(terminal);
  if (json) {
    terminal.printJson(reservedParameters.map(({ name, type, group, source }) => ({ name, type, group, source })));
    return Promise.resolve(0);
  }
  const rows = reservedParameters.map(({ name, type, group, source }) => [name, type, group, source]);
  terminal.show(renderTable(['parameter', 'type', 'group', 'where its value comes from'], rows, terminal.paint));
  return Promise.resolve(0);
}

/** `plugin-host platform statuses` */
export function listStatuses(terminal: Terminal, { json }: TableOptions): Promise<number> {
  sayEmulated(terminal);
  if (json) terminal.printJson(statusMessages);
  else {
    const rows = statusMessages.map(({ id, parameters: names }) => [id, names.join(', ')]);
    terminal.show(renderTable(['message', 'parameters'], rows, terminal.paint));
  }
  return Promise.resolve(0);
}
