/** JSON Schema of `faults:`; the names of its parts are those of the type `Faults`. */
export const faultsSchema = {
  type: 'object',
  description: 'What goes wrong with the services; every call under a fault carries a warning.',
  additionalProperties: false,
  properties: {
    ldapServers: {
      type: ['string', 'array'],
      pattern: '^down$',
      items: { type: 'string' },
      description: 'down, or the names of those that do not answer.',
    },
    userLists: {
      type: ['string', 'array'],
      pattern: '^missing$',
      items: { type: 'string' },
      description: 'missing, or the names of those that are not there.',
    },
    rest: {
      enum: [401, 403, 404, 500],
      description: "HTTP status of every query of the appliance's configuration: 401, 403, 404 or 500.",
    },
    memoryCache: {
      type: ['string', 'object'],
      pattern: '^away$',
      additionalProperties: false,
      required: ['slow'],
      properties: {
        slow: {
          type: ['string', 'number'],
          pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
          description: 'A duration such as 2s or 500ms; a bare number is seconds.',
        },
      },
      description: 'away, or {slow: 2s}.',
    },
    clock: {
      type: 'string',
      pattern: '^[+-][0-9]+([.][0-9]+)?[ ]*(ms|s|m|h|d)$',
      description: "How far the plugin's clock is off: +1h, -30m, +400d.",
    },
  },
};
