const text = { $ref: '#/definitions/textMatcher' } as const;

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
