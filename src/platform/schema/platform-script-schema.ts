import { findLibrary, libraries } from '../tables/libraries.ts';
import { operations } from '../tables/operations.ts';
import { parameterTypes } from '../tables/parameter-types.ts';
import { reservedParameters } from '../tables/reserved-parameters.ts';
import { statusMessages } from '../tables/status-messages.ts';
import { verbSummary } from '../tables/verb-summary.ts';
import type { PropertyRole, Verb, VerbProperty } from '../tables/verb.ts';
import { verbs } from '../tables/verbs.ts';

type Schema = boolean | { [key: string]: unknown };

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** A text may have tokens in it, and so stand for anything. */
const ofRole: Record<PropertyRole, Schema> = {
  value: true,
  plain: true,
  text: { type: 'string' },
  flag: { type: ['boolean', 'string'] },
  number: { type: ['number', 'string'] },
  list: { type: ['array', 'string', 'null'] },
  object: { type: ['object', 'string'] },
  expression: { type: ['string', 'boolean'] },
  pattern: { type: 'string' },
  block: ref('block'),
  cases: { type: 'array', items: ref('case') },
  sets: { type: 'string' },
  reports: { type: 'string' },
  reads: { type: 'string' },
  seeks: { type: 'string' },
  collection: { type: 'string' },
};

/** `^[Hh][Oo][Ss][Tt]$`: names of properties have no case. */
function inAnyCase(name: string): string {
  const letters = Array.from(name, (letter) =>
    letter.toLowerCase() === letter.toUpperCase() ? letter : `[${letter.toUpperCase()}${letter.toLowerCase()}]`,
  );
  return `^${letters.join('')}$`;
}

function objectOf(properties: readonly VerbProperty[]): { [key: string]: unknown } {
  const schemas = properties.map(({ name, role, properties: inner }): [string, Schema] => [
    name,
    inner.length === 0 ? ofRole[role] : objectOf(inner),
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(schemas),
    patternProperties: Object.fromEntries(schemas.map(([name, schema]) => [inAnyCase(name), schema])),
    required: properties.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function payloadOf(verb: Verb): Schema {
  if (verb.isOpen) return true;
  const described = { description: describe(verb), ...objectOf(verb.properties) };
  if (verb.name === 'Try') return { ...described, required: ['Do'], anyOf: [needs('Catch'), needs('Finally')] };
  if (verb.name === 'Status') return withMessages(described);
  return verb.shorthand === undefined ? described : { anyOf: [described, { not: { type: ['object', 'array'] } }] };
}

const needs = (name: string): Schema => ({ required: [name] });

/** Offers the known message ids; others are no fault. */
function withMessages(status: { [key: string]: unknown }): Schema {
  const properties = status['properties'] as { [key: string]: { properties: { [key: string]: unknown } } };
  const message = properties['Message'];
  if (message !== undefined) {
    message.properties['Name'] = { anyOf: [{ enum: statusMessages.map(({ id }) => id) }, { type: 'string' }] };
  }
  return status;
}

function describe({ name, isEmulated }: Verb): string {
  const summary = verbSummary(name) ?? 'undocumented';
  return isEmulated ? summary : `${summary}; not emulated`;
}

const block = {
  type: 'object',
  properties: { Parameters: ref('parameters'), Do: ref('steps') },
  additionalProperties: false,
};

const functionSchema = {
  ...block,
  properties: { Name: { type: 'string', minLength: 1 }, ...block.properties },
  required: ['Name'],
};

const parameter = {
  type: 'object',
  properties: {
    Type: {
      anyOf: [
        { enum: parameterTypes.filter((type) => type !== 'Password') },
        { type: 'string', pattern: parameterTypes.map(inAnyCase).join('|') },
      ],
    },
    Required: { type: 'boolean', description: 'whether SPP must supply a value; false when left out' },
    DefaultValue: { description: 'taken when SPP supplies none' },
    Description: { type: 'string' },
    Name: { type: 'string', description: 'a label; passed over' },
  },
  required: ['Type'],
  additionalProperties: false,
};

/** JSON Schema of custom platform scripts, for editors. It is closed; what it cannot say `platform check` says. */
export const platformScriptSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Custom platform script of Safeguard for Privileged Passwords',
  type: 'object',
  properties: {
    $schema: false,
    Id: { type: 'string', minLength: 1, description: 'unique short name of the platform' },
    BackEnd: { const: 'Scriptable' },
    Meta: { type: 'object', description: 'notes; passed over' },
    Imports: {
      type: 'array',
      items: { enum: libraries.map(({ name }) => name) },
      description: `libraries of functions; emulated: ${libraries
        .filter(({ name }) => findLibrary(name)?.isEmulated === true)
        .map(({ name }) => name)
        .join(', ')}`,
    },
    Functions: { type: 'array', items: ref('function') },
    ...Object.fromEntries(operations.map(({ name }) => [name, ref('operation')])),
  },
  required: ['Id', 'BackEnd'],
  anyOf: operations.map(({ name }) => ({ required: [name] })),
  additionalProperties: ref('operation'),
  definitions: {
    operation: block,
    function: functionSchema,
    parameters: {
      type: 'array',
      items: {
        type: 'object',
        properties: Object.fromEntries(
          reservedParameters.map(({ name, source }) => [name, { description: source, ...ref1('parameter') }]),
        ),
        additionalProperties: ref('parameter'),
        minProperties: 1,
        maxProperties: 1,
      },
    },
    parameter,
    steps: { anyOf: [{ type: 'array', items: ref('step') }, { const: '' }] },
    block: {
      anyOf: [
        { type: 'array', items: ref('step') },
        { type: 'object', properties: { Do: ref('steps') }, additionalProperties: false },
      ],
    },
    case: objectOf([
      { name: 'CaseValue', role: 'value', isRequired: false, properties: [] },
      { name: 'Do', role: 'block', isRequired: false, properties: [] },
    ]),
    step: {
      type: 'object',
      properties: Object.fromEntries(verbs.map((verb) => [verb.name, payloadOf(verb)])),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  },
};

/** Beside other keywords a reference counts only in a list. */
function ref1(name: string): { allOf: Schema[] } {
  return { allOf: [ref(name)] };
}
