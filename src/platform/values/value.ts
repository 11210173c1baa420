import { Double } from './double.ts';
import { ScriptObject } from './script-object.ts';

/**
 * A value of a script. A `number` is an Int32, a `bigint` an Int64, a `Double` a floating point number; a character is a text
 * of one unit. All else is a `ScriptObject`: no value is an object of the host.
 */
export type Value = null | boolean | number | bigint | string | ScriptObject;

const names: Partial<Record<string, string>> = {
  boolean: 'Boolean',
  number: 'Int32',
  bigint: 'Int64',
  string: 'String',
};

/** The name of the value's type as .NET has it, without its name space. */
export function typeNameOf(value: Value): string {
  if (value === null) return 'null';
  return value instanceof ScriptObject ? value.typeName : (names[typeof value] ?? 'Object');
}

/** Whether it is one of the three kinds of number. */
export function isNumber(value: Value): value is number | bigint | Double {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double;
}
