import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, type Problem, warning } from '../../base/problem.ts';
import { fromJson, fromJsonAsToken, type PlainJson } from '../conversion/from-json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { coerceValue } from '../engine/coerce-value.ts';
import { plainValueOf } from '../script/plain-value-of.ts';
import type { Block, Parameter } from '../script/script.ts';
import { findReserved, isSecretParameter } from '../tables/reserved-parameters.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import type { EmptyReference, GivenValue, ParameterSource } from './parameter-source.ts';

export interface FilledParameters {
  /** By declared name, all of them. */
  values: ReadonlyMap<string, Value>;
  warnings: Problem[];
}

/** Asks for a value; undefined when nobody answers. */
export type AskParameter = (name: string, isSecret: boolean) => Promise<string | undefined>;

/** Source: specification b.4. */
const assetName = 'Custom Asset';

/** The values with which an operation begins. @throws PluginHostError PARAMETER_UNKNOWN, PARAMETER_MISSING, PARAMETER_TYPE: all that is wrong at once */
export async function fillParameters(
  operation: Pick<Block, 'name' | 'parameters'>,
  sources: readonly ParameterSource[],
  ask: AskParameter = () => Promise.resolve(undefined),
): Promise<FilledParameters> {
  const problems = sources.flatMap((source) => findUnknown(operation, source));
  const warnings: Problem[] = [];
  const values = new Map<string, Value>();
  for (const parameter of operation.parameters) {
    const { name, type } = parameter;
    const { given, empty } = await findValue(operation.parameters, parameter, sources, ask);
    if (given === null && parameter.isRequired) {
      problems.push(missing(operation.name, parameter, empty));
      continue;
    }
    if (given === null && empty !== undefined)
      warnings.push(warning('PARAMETER_MISSING', `${name} has no value (${empty.reason})`, empty.hint));
    const read = readAs(given, parameter);
    if (read === undefined)
      problems.push(error('PARAMETER_TYPE', `${name} must be of type ${type ?? 'String'}`, typeHint(parameter)));
    else values.set(name, isSecretParameter(name, type) ? Secret.of(read) : read);
    if (read !== undefined && isSecretParameter(name, type) && toText(read).includes('%'))
      warnings.push(percentWarning(name));
  }
  const [first] = problems;
  if (first === undefined) return { values, warnings };
  const code = first.code as 'PARAMETER_UNKNOWN' | 'PARAMETER_MISSING' | 'PARAMETER_TYPE';
  throw new PluginHostError(code, problems.map(({ message }) => message).join('\n'), { hint: first.hint, problems });
}

/** The declared parameter of a name: reserved ones without regard to case. */
export function findParameter(parameters: readonly Parameter[], name: string): Parameter | undefined {
  const exact = parameters.find((each) => each.name === name);
  if (exact !== undefined || findReserved(name) === undefined) return exact;
  return parameters.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function findUnknown(
  { name: operation, parameters }: Pick<Block, 'name' | 'parameters'>,
  source: ParameterSource,
): Problem[] {
  if (!source.isStrict) return [];
  const names = parameters.map(({ name }) => name);
  return [...source.values.keys()]
    .filter((name) => findParameter(parameters, name) === undefined)
    .map((name) =>
      error(
        'PARAMETER_UNKNOWN',
        `${source.name}: ${operation} has no parameter ${name}`,
        renderSuggestion(name, names),
      ),
    );
}

interface Found {
  given: GivenValue | null;
  /** The strongest reference that gave nothing, if there is one. */
  empty?: EmptyReference | undefined;
}

async function findValue(
  parameters: readonly Parameter[],
  parameter: Parameter,
  sources: readonly ParameterSource[],
  ask: AskParameter,
): Promise<Found> {
  const { name, type, isRequired, default: standard } = parameter;
  let empty: EmptyReference | undefined;
  for (const { values, isStrict } of sources) {
    const found = [...values].findLast(([each]) => findParameter(parameters, each) === parameter)?.[1];
    if (found === undefined) continue;
    if (!('reason' in found)) return { given: isNull(found) ? null : found };
    empty ??= found;
    // Another value than the one that was meant must not get in its place.
    if (isStrict) return { given: null, empty };
  }
  if (standard !== undefined && standard.kind !== 'null')
    return { given: { data: plainValueOf(standard) as PlainJson } };
  if (name.toLowerCase() === 'assetname') return { given: { text: assetName } };
  if (!isRequired) return { given: null, empty };
  const answer = await ask(name, isSecretParameter(name, type));
  return { given: answer === undefined ? null : { text: answer }, empty };
}

function missing(operation: string, parameter: Parameter, empty: EmptyReference | undefined): Problem {
  const message = `${parameter.name} has no value; ${operation} needs one`;
  if (empty === undefined) return error('PARAMETER_MISSING', message, remedy(parameter));
  return error('PARAMETER_MISSING', `${message} (${empty.reason})`, empty.hint);
}

function isNull(given: GivenValue): boolean {
  return 'data' in given && given.data === null;
}

function readAs(given: GivenValue | null, { type = 'String' }: Parameter): Value | undefined {
  if (given === null) return null;
  if ('text' in given)
    return type === 'String' || type === 'Secret' || type === 'Password' ? given.text : coerceText(given.text, type);
  const isToken = type === 'Object' || type === 'Array';
  return coerceValue(
    isToken && typeof given.data === 'object' ? fromJsonAsToken(given.data) : fromJson(given.data),
    type,
  );
}

function coerceText(text: string, type: NonNullable<Parameter['type']>): Value | undefined {
  const value = coerceValue(text, type);
  return value !== undefined && plainValue(value) === null && text !== '' ? undefined : value;
}

function remedy({ name, type }: Parameter): string {
  return isSecretParameter(name, type)
    ? `Give it with --secret ${name}=env:VARIABLE, --params FILE, or SPP_PARAM_${name} in the environment.`
    : `Give it with --set ${name}=VALUE, --params FILE, or SPP_PARAM_${name} in the environment.`;
}

function typeHint({ type }: Parameter): string {
  switch (type) {
    case 'Boolean':
      return 'Give true or false.';
    case 'Integer':
      return 'Give a whole number.';
    case 'Float':
      return 'Give a number such as 1.5.';
    case 'Object':
      return 'Give a JSON object.';
    case 'Array':
      return 'Give a JSON array.';
    default:
      return 'Give a text.';
  }
}

function percentWarning(name: string): Problem {
  return warning(
    'PERCENT_IN_SECRET',
    `${name} has a % in it`,
    'The appliance may take what stands between two of them for a variable; here the value stays as it is.',
  );
}
