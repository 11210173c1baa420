import { httpSchema } from './http-schema.ts';
import { sshSchema } from './ssh-schema.ts';
import { telnetSchema } from './telnet-schema.ts';

/** JSON Schema of one target. Whoever holds it puts `targetDefinitions` under the `definitions` of the whole. */
export const targetSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'A simulated server: one of http, ssh and telnet.',
  properties: {
    address: {
      type: 'string',
      pattern: '^[^\\s/@\\[\\]]+$',
      description: 'Name or address under which it is reached, without a port. Default: target.test.',
    },
    port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'The port that it answers on. Default: every.' },
    http: httpSchema,
    ssh: sshSchema,
    telnet: telnetSchema,
  },
} as const;

const matcher = {
  additionalProperties: false,
  minProperties: 1,
  properties: { contains: { type: 'string' }, matches: { type: 'string' }, any: { const: true } },
} as const;

const dialogueStep = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    delay: { $ref: '#/definitions/duration' },
    send: { type: 'string', description: 'Text that is sent as it is.' },
    prompt: { type: 'string', description: 'Text that is sent before the input is expected.' },
    expect: { $ref: '#/definitions/textMatcher', description: 'The line that comes next.' },
    hidden: { type: 'boolean', description: 'The input is not echoed.' },
    else: { $ref: '#/definitions/dialogue', description: 'Takes the place of the rest when the input is another one.' },
    disconnect: { const: true, description: 'Closes the connection.' },
    exit: {
      type: 'integer',
      minimum: 0,
      maximum: 255,
      description: 'Ends the dialogue, and its command with this code.',
    },
  },
};

/** What the schemas of targets refer to. They refer to each other, so the validator of the whole is `verbose` (`describeSchemaErrors`). */
export const targetDefinitions = {
  duration: {
    type: ['string', 'number'],
    pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
    minimum: 0,
    description: 'Such as 2s or 200ms; a bare number is seconds.',
  },
  textMatcher: {
    ...matcher,
    type: ['string', 'number', 'boolean', 'object'],
    description: 'A text, {contains: text}, {matches: regular expression}, or {any: true}.',
  },
  matchers: {
    type: 'object',
    description: 'Those that are named here; there may be others too.',
    additionalProperties: {
      ...matcher,
      type: ['string', 'number', 'boolean', 'object', 'array'],
      items: { $ref: '#/definitions/textMatcher' },
      description: 'A text or a matcher; a list for what comes several times.',
    },
  },
  dialogue: { type: 'array', minItems: 1, items: dialogueStep, description: 'Played in order.' },
};

/** The same, complete: for a target on its own. */
export const loneTargetSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...targetSchema,
  definitions: targetDefinitions,
};
