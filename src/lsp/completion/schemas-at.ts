import type { Keys } from './find-cursor.ts';

/** A part of a JSON Schema of draft 7, as far as ours use it. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema | boolean>;
  patternProperties?: Record<string, Schema | boolean>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** All parts of a schema that may hold of the value that keys lead to. */
export function schemasAt(root: Schema, keys: Keys): Schema[] {
  let schemas = expand(root, root);
  for (const key of keys)
    schemas = schemas.flatMap((each) => stepInto(each, key).flatMap((next) => expand(root, next)));
  return schemas;
}

/** Properties with what is said of them, the required ones first. */
export function propertiesOf(
  root: Schema,
  schemas: readonly Schema[],
): { name: string; isRequired: boolean; schemas: Schema[] }[] {
  const found = new Map<string, { name: string; isRequired: boolean; schemas: Schema[] }>();
  for (const { properties = {}, required = [] } of schemas) {
    for (const [name, schema] of Object.entries(properties)) {
      if (schema === false || found.has(name)) continue;
      found.set(name, {
        name,
        isRequired: required.includes(name),
        schemas: schema === true ? [] : expand(root, schema),
      });
    }
  }
  return [...found.values()].sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

/** Values that a schema names, with what is said of each. */
export function valuesOf(schemas: readonly Schema[]): unknown[] {
  const named = schemas.flatMap(({ enum: some = [], const: only, examples = [] }) => [
    ...some,
    ...(only === undefined ? [] : [only]),
    ...examples,
  ]);
  const isFlag = schemas.some(({ type = [] }) => [type].flat().includes('boolean'));
  return [...new Set([...named, ...(isFlag ? [true, false] : [])])];
}

export function descriptionOf(schemas: readonly Schema[]): string | undefined {
  return schemas.find(({ description }) => description !== undefined)?.description;
}

/** With what it refers to and its alternatives, itself first; each once, because a step may hold steps. */
function expand(root: Schema, schema: Schema, seen = new Set<Schema>()): Schema[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, anyOf = [], oneOf = [], allOf = [] } = schema;
  const referred = $ref === undefined ? [] : [resolve(root, $ref)];
  return [schema, ...[...referred, ...allOf, ...anyOf, ...oneOf].flatMap((each) => expand(root, each, seen))];
}

function resolve(root: Schema, reference: string): Schema {
  let node: unknown = root;
  for (const step of reference.split('/').slice(1)) node = (node as Record<string, unknown> | undefined)?.[step];
  return (node as Schema | undefined) ?? {};
}

function stepInto(
  { properties, patternProperties = {}, additionalProperties, items }: Schema,
  key: string | number,
): Schema[] {
  if (typeof key === 'number') return typeof items === 'object' ? [items] : [];
  const own = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (own !== undefined) return typeof own === 'object' ? [own] : [];
  const matching = Object.entries(patternProperties).filter(([pattern]) => sameName(pattern, key));
  const found = matching.length > 0 ? matching.map(([, schema]) => schema) : [additionalProperties];
  return found.filter((each) => typeof each === 'object');
}

/** Patterns of ours are names in any case: `^[Hh][Oo]…$`. */
function sameName(pattern: string, key: string): boolean {
  return pattern.replaceAll(/\[(.).\]/g, '$1').toLowerCase() === `^${key.toLowerCase()}$`;
}
