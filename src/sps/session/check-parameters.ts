import { isJsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';

/** What a parameter must be, in words, and whether it is. */
export interface Kind {
  words: string;
  is: (value: unknown) => boolean;
}

export const text: Kind = { words: 'a string', is: (value) => typeof value === 'string' };
export const number: Kind = { words: 'a number', is: (value) => typeof value === 'number' };
export const mapping: Kind = { words: 'a mapping', is: isJsonObject };
export const list: Kind = { words: 'a list', is: Array.isArray };
export const abortSignal: Kind = { words: 'an AbortSignal', is: (value) => value instanceof AbortSignal };

export function oneOf(...values: string[]): Kind {
  return { words: `one of ${values.join(', ')}`, is: (value) => values.some((each) => each === value) };
}

/** A mapping whose values all go to a plugin. */
export const jsonMapping: Kind = {
  words: 'a mapping of JSON values',
  is: (value) => isJsonObject(value) && isJson(value, 0),
};

/** A deeper value contains itself, or is as bad. */
const deepest = 1000;

/** Undefined counts as absent. */
function isJson(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return !['bigint', 'function', 'symbol'].includes(typeof value);
  return depth < deepest && Object.values(value).every((each) => isJson(each, depth + 1));
}

/**
 * Checks what a program passes before it is used: neither JavaScript nor JSON keeps to our types. Undefined counts as absent.
 * @param above Name of what they are members of, such as `store`
 * @throws PluginHostError USAGE with the name of the first parameter that is wrong
 */
export function checkParameters(given: unknown, kinds: Readonly<Record<string, Kind>>, above = 'options'): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw wrong(above, mapping, given, Object.keys(kinds));
  }
  for (const [name, kind] of Object.entries(kinds)) {
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined || kind.is(value)) continue;
    throw wrong(above === 'options' ? name : `${above}.${name}`, kind, value, Object.keys(kinds));
  }
}

/** A single one, which must be there. @throws PluginHostError USAGE */
export function checkParameter(name: string, value: unknown, kind: Kind): void {
  if (!kind.is(value)) throw wrong(name, kind, value, []);
}

/** The value is not repeated: it may be a secret. */
function wrong(name: string, { words }: Kind, value: unknown, known: readonly string[]): PluginHostError {
  return new PluginHostError('USAGE', `${name}: expected ${words}, got ${describe(value)}`, {
    hint: known.length === 0 ? `Give ${words}.` : `Leave it out, or give ${words}. Known here: ${known.join(', ')}.`,
  });
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a string';
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}
