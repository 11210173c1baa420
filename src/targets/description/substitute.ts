import { isJsonObject, type Json } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import type { ValueFault } from '../../base/problem.ts';
import { shaCrypt } from '../../crypt/sha-crypt.ts';
import { renderKeys } from '../../documents/render-keys.ts';

/** What `${Name}` stands for in a target or an expectation. */
export type Values = Readonly<Record<string, string>>;

/** `$${` is a literal, `${Name}` and `${hash:Name}` are references. */
const reference = /\$\$\{|\$\{([^{}]*)\}/g;
const hashPrefix = 'hash:';

/** The same with the values in it; names of mappings count as texts too. Within a regular expression a value means itself. */
export function substitute<T>(value: T, values: Values): T {
  return substituteJson(value as Json, values, false) as T;
}

function substituteJson(value: Json, values: Values, isPattern: boolean): Json {
  if (typeof value === 'string') return substituteText(value, values, isPattern);
  if (Array.isArray(value)) return value.map((item) => substituteJson(item, values, false));
  if (!isJsonObject(value)) return value;
  const substituted = Object.entries(value).map(([name, item]): [string, Json] => [
    substituteText(name, values, false),
    substituteJson(item, values, name === 'matches'),
  ]);
  return Object.fromEntries(substituted);
}

function substituteText(text: string, values: Values, isPattern: boolean): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (whole, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = valueOf(name, values);
    if (value === undefined) return whole;
    return isPattern ? escapePattern(value) : value;
  });
}

/** A hyphen has no escape of its own outside a class. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('-', '\\x2d');
}

function valueOf(name: string, values: Values): string | undefined {
  const plain = name.startsWith(hashPrefix) ? name.slice(hashPrefix.length) : name;
  const value = Object.hasOwn(values, plain) ? values[plain] : undefined;
  if (value === undefined || plain === name) return value;
  return shaCrypt(value, `$6$${saltOf(plain)}`);
}

/** The same at every run, so that an expectation can name it too. */
function saltOf(name: string): string {
  return `target.${name.replace(/[^0-9A-Za-z]/g, '')}`.slice(0, 16);
}

/** References to names that stand for nothing, with the keys that lead there. */
export function checkReferences(value: Json, known: readonly string[], keys: ValueFault['keys'] = []): ValueFault[] {
  if (typeof value === 'string') return unknownNames(value, known).map((name) => unknownName(name, known, keys));
  if (Array.isArray(value)) return value.flatMap((item, index) => checkReferences(item, known, [...keys, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...checkReferences(name, known, [...keys, name]),
    ...checkReferences(item, known, [...keys, name]),
  ]);
}

function unknownNames(text: string, known: readonly string[]): string[] {
  const names = Array.from(text.matchAll(reference), ([, name]) => name);
  return names
    .filter((name) => name !== undefined)
    .map((name) => (name.startsWith(hashPrefix) ? name.slice(hashPrefix.length) : name))
    .filter((name) => !known.includes(name));
}

function unknownName(name: string, known: readonly string[], keys: ValueFault['keys']): ValueFault {
  const suggestion = known.length === 0 ? 'No value is given here.' : renderSuggestion(name, known);
  return { keys, message: `${renderKeys(keys)}: nothing is named ${name}. ${suggestion} A literal begins with $\${` };
}
