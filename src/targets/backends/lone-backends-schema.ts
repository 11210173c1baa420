import { httpSchema } from '../description/http-schema.ts';
import { requestsSchema } from '../description/requests-schema.ts';
import { targetDefinitions } from '../description/target-schema.ts';

const text = { type: 'string' } as const;

const radiusUser = {
  type: 'object',
  additionalProperties: false,
  properties: {
    password: { ...text, description: 'That is accepted; with a challenge, as the answer to it.' },
    challenge: { ...text, description: 'Prompt of the challenge that a request without a State gets.' },
  },
  description: 'A user; without a password none is accepted.',
} as const;

/** JSON Schema of `radius:`. */
const radiusSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['secret'],
  description: 'Answers RADIUS, over UDP.',
  properties: {
    secret: { ...text, minLength: 1, description: 'That the server shares with its clients.' },
    users: {
      type: 'object',
      additionalProperties: radiusUser,
      description: 'By name; an unknown one is rejected, as a wrong password is.',
    },
    delay: { $ref: '#/definitions/duration' },
    silent: { type: 'boolean', description: 'Whether it never answers. Default: false.' },
    unmatched: { const: 'allowed', description: 'A packet that is no Access-Request is no failure.' },
  },
} as const;

const backendSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['address'],
  description: 'A system that the plugin asks: one of http and radius.',
  properties: {
    address: {
      ...text,
      pattern: '^[^\\s/@\\[\\]]+$',
      description: "Name or address as the plugin's configuration has it, without a port.",
    },
    port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'The port that it answers on. Default: every.' },
    http: httpSchema,
    radius: radiusSchema,
  },
} as const;

const backendsSchema = {
  type: 'array',
  items: backendSchema,
  description:
    'Simulated servers that the plugin reaches by the names in its configuration; with it, nothing else is reached.',
} as const;

/** `backends:` and `expect.requests` where the rest of a file is checked: what is in them is checked apart. */
export const someBackends = { type: 'array', description: backendsSchema.description } as const;
export const someRequests = { type: 'array', description: requestsSchema.description } as const;

/** Of both alone. */
export const loneBackendsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: { backends: backendsSchema, requests: requestsSchema },
  definitions: targetDefinitions,
} as const;

/** A schema for editors: with all that is checked apart. */
export function completeSchema(schema: object): object {
  return { ...(fill(schema) as object), definitions: targetDefinitions };
}

function fill(node: unknown): unknown {
  if (node === someBackends) return backendsSchema;
  if (node === someRequests) return requestsSchema;
  if (Array.isArray(node)) return node.map(fill);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, fill(value)]));
}
