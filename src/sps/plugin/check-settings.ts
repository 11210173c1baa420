import type { ErrorObject } from 'ajv';
import { renderSuggestion } from '../../nearest-name.ts';
import { projectSchema } from './project-schema.ts';
import { validate } from './project-validator.ts';
import { renderKeys, type SettingsProblem } from './settings-problem.ts';

/** All places where settings are not of the shape of plugin-host.yaml. */
export function checkSettings(value: unknown): SettingsProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames').map(describeError);
}

function describeError(error: ErrorObject): SettingsProblem {
  const { instancePath, keyword, params, propertyName } = error;
  const above = instancePath.split('/').slice(1).map(unescapePointer);
  if (keyword === 'additionalProperties') {
    const extra = String(params['additionalProperty']);
    const where = above.length === 0 ? '' : `${renderKeys(above)}: `;
    const known = Object.keys(schemaAt(error, 1)['properties'] ?? {});
    return { keys: [...above, extra], message: `${where}unknown key ${extra}. ${renderSuggestion(extra, known)}` };
  }
  const keys = propertyName === undefined ? above : [...above, propertyName];
  return { keys, message: `${renderKeys(keys)} ${describeRule(error)}` };
}

function describeRule(error: ErrorObject): string {
  const { keyword, params, message = 'is not valid' } = error;
  const { description } = schemaAt(error, 1);
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (keyword === 'type') return `must be ${[params['type']].flat().join(' or ')}`;
  if (params['pattern'] === '^/') return 'must begin with /';
  return keyword === 'pattern' && typeof description === 'string' ? `is not valid. ${description}` : message;
}

/** The part of the schema that an error comes from, so many steps above its keyword. */
function schemaAt({ schemaPath }: ErrorObject, above: number): Record<string, unknown> {
  const steps = schemaPath.split('/').slice(1).map(decodeURIComponent).map(unescapePointer);
  let node: unknown = projectSchema;
  for (const step of steps.slice(0, -above)) node = (node as Record<string, unknown>)[step];
  return node as Record<string, unknown>;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
