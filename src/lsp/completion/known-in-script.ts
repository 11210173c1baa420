import path from 'node:path';
import { readScript } from '../../platform/script/read-script.ts';
import { functionsOf, operationsOf } from '../../platform/script/script.ts';
import type { PropertyRole } from '../../platform/tables/verb.ts';
import { verbs } from '../../platform/tables/verbs.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import type { Known, Place } from './known.ts';

/** Functions that are called, variables that are read, and parameters within `%…%`. Also of a script that is no JSON at this moment. */
export function knownInScript({ keys, isKey, lead }: Place, text: string): Known[] {
  const [verb, property] = keys.slice(-2);
  if (isKey) return [];
  if (lead === '%')
    return [...parametersIn(text), ...variablesIn(text)].map((each) => ({ ...each, newText: `${each.label}%` }));
  if (verb === 'Function' && property === 'Name') return namesOf(text, 'function', /"Name"[ \t]*:[ \t]*"([\w.-]+)"/g);
  const role = roleOf(verb, property);
  return role === 'reads' || role === 'seeks' ? variablesIn(text) : [];
}

function roleOf(verb: unknown, property: unknown): PropertyRole | undefined {
  return verbs.find(({ name }) => name === verb)?.properties.find(({ name }) => name === property)?.role;
}

function parametersIn(text: string): Known[] {
  return namesOf(text, 'parameter', /"(\w+)"[ \t]*:[ \t]*\{[ \t\r\n]*"Type"/g);
}

const setting = new Set(
  verbs.flatMap(({ properties }) =>
    properties.flatMap(({ name, role }) => (role === 'sets' || role === 'reports' ? [name] : [])),
  ),
);

function variablesIn(text: string): Known[] {
  const pairs = Array.from(text.matchAll(/"(\w+)"[ \t]*:[ \t]*"(\w+)"/g), ([, key = '', name = '']) => ({ key, name }));
  const names = new Set(pairs.filter(({ key }) => setting.has(key)).map(({ name }) => name));
  return [...names].map((label) => ({ label, detail: 'variable', documentation: undefined }));
}

function namesOf(text: string, detail: string, pattern: RegExp): Known[] {
  const names = new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name));
  return [...names].map((label) => ({ label, detail, documentation: undefined }));
}

/** Operations of the script of a test, and their parameters. */
export function knownInScriptTest({ keys, isKey, valueAt }: Place, { file, textOf }: EditedDocument): Known[] {
  const named = valueAt(['script']);
  const written = typeof named === 'string' ? textOf(path.resolve(path.dirname(file), named)) : undefined;
  const script = written === undefined ? undefined : readScript(written).script;
  if (script === undefined) return [];
  const toKnown =
    (detail: string) =>
    (label: string): Known => ({ label, detail, documentation: undefined });
  if (!isKey && keys.at(-1) === 'operation') return operationsOf(script).map(({ name }) => toKnown('operation')(name));
  if (!isKey || keys.at(-1) !== 'parameters') return [];
  const declared = [...operationsOf(script), ...functionsOf(script)].flatMap(({ parameters }) => parameters);
  return [...new Set(declared.map(({ name }) => name))].map(toKnown('parameter'));
}
