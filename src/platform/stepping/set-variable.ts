import { fromJson, type PlainJson } from '../conversion/from-json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { coerceValue } from '../engine/coerce-value.ts';
import type { ParameterType } from '../tables/parameter-types.ts';
import { Double } from '../values/double.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { Secret } from '../values/secret.ts';
import { typeNameOf, type Value } from '../values/value.ts';
import type { Refusal, Shown } from './show-expression.ts';

/** Gives a variable the value of a text, read as the type that it has; the text of a new one as JSON, if it is some. */
export function setVariable({ frame, run }: ActiveStep, name: string, text: string): Shown | Refusal {
  const plainName = name.replace(/^global:/i, '');
  const before = frame.get(plainName);
  const type = before === undefined ? undefined : typeOf(before);
  const value = type === undefined ? readAny(text, before) : coerceValue(text, type);
  if (value === undefined || (value === null && type !== undefined)) {
    const typeName = typeNameOf(plainValue(before ?? null));
    return { code: 'PARAMETER_TYPE', message: `${plainName} is of type ${typeName}; the text does not read as one` };
  }
  const kept = before instanceof Secret ? Secret.of(value) : value;
  if (kept instanceof Secret) run.secrets.add(kept);
  if (plainName === name) frame.assign(name, kept);
  else run.globals.declare(plainName, kept);
  return { value: run.secrets.showJson(kept), notes: before === undefined ? ['a new variable'] : [] };
}

/** Undefined of what takes any text. */
function typeOf(value: Value): ParameterType | undefined {
  const plain = plainValue(value);
  if (typeof plain === 'boolean') return 'Boolean';
  if (typeof plain === 'number' || typeof plain === 'bigint') return 'Integer';
  if (plain instanceof Double) return 'Float';
  if (plain instanceof JsonObject) return 'Object';
  return plain instanceof JsonArray ? 'Array' : undefined;
}

function readAny(text: string, before: Value | undefined): Value {
  if (typeof plainValue(before ?? null) === 'string') return text;
  try {
    return fromJson(JSON.parse(text) as PlainJson);
  } catch {
    return text;
  }
}
