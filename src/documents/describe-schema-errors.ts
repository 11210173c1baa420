import type { ErrorObject } from 'ajv';
import { nearestName, renderSuggestion } from '../base/nearest-name.ts';
import type { ValueFault } from '../base/problem.ts';
import { renderKeys } from './render-keys.ts';

/**
 * Every place where a file of settings does not match its schema, in words.
 * @param schema The complete one.
 * @param content What does not match, for the near name of a mistyped one.
 */
export function describeSchemaErrors(errors: readonly ErrorObject[], schema: object, content?: unknown): ValueFault[] {
  const isAlternative = ({ keyword, schemaPath }: ErrorObject): boolean =>
    keyword === 'propertyNames' || keyword === 'if' || schemaPath.includes('/oneOf/');
  return errors.filter((each) => !isAlternative(each)).map((each) => describeError(each, schema, content));
}

function describeError(error: ErrorObject, schema: object, content: unknown): ValueFault {
  const { instancePath, keyword, params, propertyName } = error;
  const above = instancePath.split('/').slice(1).map(unescapePointer);
  if (keyword === 'additionalProperties') {
    const extra = String(params['additionalProperty']);
    const where = above.length === 0 ? '' : `${renderKeys(above)}: `;
    const known = Object.keys(schemaAt(error, schema)['properties'] ?? {});
    const message = `${where}unknown key ${extra}. ${renderSuggestion(extra, known)}`;
    const hint = `Known keys of ${renderKeys(above)}: ${known.join(', ')}.`;
    return { keys: [...above, extra], message, ...(above.length > 0 && known.length > 0 && { hint }) };
  }
  if (keyword === 'oneOf') return describeChoice(above, error, schema);
  if (keyword === 'required') {
    return { keys: above, message: `${renderKeys(above)}: the key ${String(params['missingProperty'])} is missing` };
  }
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as unknown[]).map(String);
    const given = above.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], content);
    const nearest = typeof given === 'string' ? nearestName(given, allowed) : undefined;
    const asked = nearest === undefined ? '' : `. Did you mean ${nearest}?`;
    return { keys: above, isValue: true, message: `${renderKeys(above)} must be one of ${allowed.join(', ')}${asked}` };
  }
  const keys = propertyName === undefined ? above : [...above, propertyName];
  return { keys, message: `${renderKeys(keys)} ${describeRule(error, schema)}` };
}

/** Of keys of which a mapping has exactly one: `oneOf` with one required key each. */
function describeChoice(above: string[], error: ErrorObject, schema: object): ValueFault {
  const { oneOf } = schemaAt(error, schema) as { oneOf: { required: [string] }[] };
  const names = oneOf.map(({ required: [name] }) => name);
  const where = above.length === 0 ? '' : `${renderKeys(above)}: `;
  if (error.params['passingSchemas'] === null) return { keys: above, message: `${where}needs ${names.join(' or ')}` };
  return { keys: [...above, names.at(-1) ?? ''], message: `${where}has ${names.join(' and ')}; leave one of them out` };
}

function describeRule(error: ErrorObject, schema: object): string {
  const { keyword, params, message = 'is not valid' } = error;
  const { description } = schemaAt(error, schema);
  if (keyword === 'type') {
    // Those of targets and their tests say the form.
    const form = error.parentSchema !== undefined && typeof description === 'string' ? `. ${description}` : '';
    return `must be ${[params['type']].flat().join(' or ')}${form}`;
  }
  if (params['pattern'] === '^/') return 'must begin with /';
  return keyword === 'pattern' && typeof description === 'string' ? `is not valid. ${description}` : message;
}

/**
 * The part of the schema that an error comes from. Within a definition that refers to others the path
 * begins anew; a validator whose schema has such a one is `verbose`, and says the part itself.
 */
function schemaAt({ schemaPath, parentSchema }: ErrorObject, schema: object): Record<string, unknown> {
  if (parentSchema !== undefined) return parentSchema;
  const steps = schemaPath.split('/').slice(1).map(decodeURIComponent).map(unescapePointer);
  let node: unknown = schema;
  for (const step of steps.slice(0, -1)) node = (node as Record<string, unknown>)[step];
  return node as Record<string, unknown>;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
