import { hasError } from '../../base/problem.ts';
import {
  describeScript,
  type ParameterDescription,
  type ScriptDescription,
} from '../../platform/analysis/describe-script.ts';
import { checkScript } from '../../platform/check/check-script.ts';
import { readScript } from '../../platform/script/read-script.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Paint, Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { scriptCommands } from './commands/script-commands.ts';
import { readScripts } from './read-scripts.ts';
import { sayEmulated } from './say-emulated.ts';

type ShowOptions = OptionsOf<typeof scriptCommands.show>;

/** `plugin-host platform show FILE`: what can be read of it; exit code 1 when it has an error. */
export function show(terminal: Terminal, file: string, { json }: ShowOptions): Promise<number> {
  sayEmulated(terminal);
  const [first] = readScripts([file]);
  const text = typeof first?.text === 'string' ? first.text : '';
  const { problems } = checkScript(text, { file });
  const { script } = readScript(text);
  const description = script === undefined ? nothing : describeScript(script);
  const isWrong = hasError(problems);
  if (isWrong) terminal.say(`${file} has errors; see: plugin-host platform check ${file}`);
  if (json) terminal.printJson(description);
  else terminal.show(render(description, terminal.paint));
  return Promise.resolve(isWrong ? 1 : 0);
}

const nothing: ScriptDescription = {
  id: null,
  meta: null,
  imports: [],
  operations: [],
  functions: [],
  featureFlags: { documented: [], engine: [] },
  connections: [],
  statuses: [],
};

function render(description: ScriptDescription, paint: Paint): string {
  const { id, imports, operations, functions, featureFlags, connections, statuses } = description;
  const lists: [string, readonly string[]][] = [
    ['imports', imports],
    ['connections', connections],
    ['feature flags', featureFlags.documented],
    ['newer flags', featureFlags.engine],
    ['statuses', statuses],
  ];
  return [
    paint('bold', id ?? 'no Id'),
    '',
    renderTable(
      ['operation', 'line', '', 'parameters'],
      operations.map(({ name, line, changes, driven, parameters }) => [
        name,
        String(line),
        [changes ? 'changes' : '', driven ? '' : 'not driven'].filter(Boolean).join(', '),
        renderParameters(parameters),
      ]),
      paint,
    ),
    ...(functions.length === 0 ? [] : ['', renderFunctions(functions, paint)]),
    '',
    ...lists.filter(([, list]) => list.length > 0).map(([name, list]) => `${paint('dim', name)}  ${list.join(', ')}`),
  ].join('\n');
}

function renderFunctions(functions: ScriptDescription['functions'], paint: Paint): string {
  return renderTable(
    ['function', 'line', 'called by', 'parameters'],
    functions.map(({ name, line, from, calledBy, parameters }) => [
      name,
      line === null ? from : String(line),
      calledBy.join(', ') || 'nothing',
      renderParameters(parameters),
    ]),
    paint,
  );
}

/** Those that need not be given in brackets. */
function renderParameters(parameters: readonly ParameterDescription[]): string {
  return parameters.map(({ name, required }) => (required ? name : `[${name}]`)).join(' ');
}
