import type { BodyRule, MemberRule, ObjectRule } from '../sps/policies/bodies/body-rule.ts';

/** JSON Schema of what a request may send. Members that are not named are kept. */
export function schemaOfBody(rule: ObjectRule): object {
  return schemaOf(rule);
}

function schemaOf(rule: BodyRule): object {
  switch (rule.kind) {
    case 'any':
      return {};
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: rule.minimum, maximum: rule.maximum };
    case 'text': {
      const { values, minLength, nullable } = rule;
      if (values !== undefined) return { enum: values };
      return {
        type: nullable === true ? ['string', 'null'] : 'string',
        ...(minLength === undefined ? {} : { minLength }),
      };
    }
    case 'list':
      return {
        type: 'array',
        items: schemaOf(rule.of),
        ...(rule.minItems === undefined ? {} : { minItems: rule.minItems }),
      };
    case 'object':
      return members(rule.members);
    case 'variant':
      return {
        oneOf: Object.entries(rule.variants).map(([selection, each]) =>
          members({ selection: { rule: { kind: 'text', values: [selection] }, isRequired: true }, ...each }),
        ),
      };
    case 'reference':
      return anyOf(reference, ...(rule.nullable === true ? [{ type: 'null' }] : []));
    case 'secret':
      return anyOf(reference, { type: 'object', required: ['plain'], properties: { plain: { type: 'string' } } });
  }
}

const key = { type: 'string', minLength: 1 };
const reference = { anyOf: [key, { type: 'object', required: ['key'], properties: { key } }] };

function anyOf(first: typeof reference, ...others: object[]): object {
  return { anyOf: [...first.anyOf, ...others] };
}

function members(rules: Readonly<Record<string, MemberRule>>): object {
  const entries = Object.entries(rules);
  const needed = entries.filter(([, { isRequired }]) => isRequired === true).map(([name]) => name);
  return {
    type: 'object',
    ...(needed.length === 0 ? {} : { required: needed }),
    properties: Object.fromEntries(
      entries.map(([name, { rule, default: value }]) => [
        name,
        value === undefined ? schemaOf(rule) : { ...schemaOf(rule), default: value },
      ]),
    ),
  };
}
