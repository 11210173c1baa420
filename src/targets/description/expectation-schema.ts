const text = { $ref: '#/definitions/textMatcher' } as const;
const matchers = { $ref: '#/definitions/matchers' } as const;

/** JSON Schema of `expect.requests`. Whoever holds it puts `targetDefinitions` under the `definitions` of the whole. */
export const requestsSchema = {
  type: 'array',
  description: 'The requests that came, whole and in order; of each, what is named here.',
  items: {
    type: 'object',
    additionalProperties: false,
    properties: {
      method: text,
      path: text,
      query: matchers,
      headers: matchers,
      cookies: matchers,
      json: { description: 'Keys that the body must have, or its whole value; any text may be a matcher.' },
      form: matchers,
      body: text,
      status: {
        type: ['integer', 'null'],
        description: 'That was answered; null when the connection was broken before.',
      },
    },
  },
} as const;

/** JSON Schema of `expect.commands`. */
export const commandsSchema = {
  type: 'array',
  description: 'The commands that came, whole and in order, and the input of dialogues.',
  items: {
    type: ['string', 'object'],
    additionalProperties: false,
    minProperties: 1,
    properties: {
      contains: { type: 'string' },
      matches: { type: 'string' },
      any: { const: true },
      command: text,
      stdin: { type: 'array', items: text },
      exit: { type: ['integer', 'null'] },
      signal: text,
      input: text,
    },
  },
} as const;
