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
