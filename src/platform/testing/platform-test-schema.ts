import { commandsSchema } from '../../targets/description/commands-schema.ts';
import { requestsSchema } from '../../targets/description/requests-schema.ts';
import { targetDefinitions, targetSchema } from '../../targets/description/target-schema.ts';

const text = { type: 'string' } as const;
const name = { ...text, minLength: 1 } as const;
const matcher = { $ref: '#/definitions/textMatcher' } as const;
const matcherProperties = { contains: text, matches: text, any: { const: true } } as const;
const items = { type: 'array', items: { type: 'object' } } as const;

const parameters = {
  type: 'object',
  description:
    'Values of parameters by name. A name that an operation does not declare is passed over, one that none declares is a fault.',
} as const;

const status = {
  type: ['string', 'object'],
  additionalProperties: false,
  minProperties: 1,
  properties: {
    ...matcherProperties,
    type: matcher,
    percent: { type: ['number', 'null'] },
    name: matcher,
    parameters: { type: 'array', description: 'All of them.' },
    text: matcher,
  },
} as const;

const expectation = {
  type: 'object',
  additionalProperties: false,
  description:
    'What must hold. A text may be a matcher: {contains: text}, {matches: regular expression}, {any: true}; mappings match as subsets, lists with their length.',
  properties: {
    outcome: {
      enum: ['success', 'mismatch', 'failure', 'error', 'cancelled'],
      description: 'How the operation ends. Default: success.',
    },
    value: { description: 'What the operation returns.' },
    taskStatus: { ...matcher, description: 'Such as Success or PasswordMismatch.' },
    error: {
      type: ['string', 'number', 'boolean', 'object'],
      additionalProperties: false,
      minProperties: 1,
      properties: { ...matcherProperties, code: matcher, message: matcher },
      description: 'The message of the error, or its code and message.',
    },
    response: { description: 'What WriteResponseObject gave last.' },
    status: {
      type: 'array',
      items: status,
      description: 'Status messages, each by its name or what it holds: some of those that were sent, in order.',
    },
    log: { ...matcher, description: 'All that Log wrote, one line each.' },
    records: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: { accounts: items, services: items, sshKeys: items, assets: items },
      description: 'What was discovered; each list whole.',
    },
    requests: requestsSchema,
    commands: commandsSchema,
    withinMs: { type: 'number', exclusiveMinimum: 0, description: 'Longest time of the operation, in milliseconds.' },
    problems: { type: 'array', items: text, description: 'Codes of the problems that the run tells, each once.' },
  },
} as const;

const target = { $ref: '#/definitions/target' } as const;
const expect = { $ref: '#/definitions/expectation' } as const;
const operation = { ...name, description: 'Operation that is run; it is found without regard to case.' } as const;
const targets = { type: 'array', minItems: 1, items: target } as const;
const realTime = { type: 'boolean', description: 'Whether Wait takes its time. Default: false.' } as const;

/** JSON Schema of *.platform-test.yaml, published as platform-test.schema.json. */
export const platformTestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: '*.platform-test.yaml',
  description: 'Tests of one custom platform script, for plugin-host platform test.',
  type: 'object',
  additionalProperties: false,
  required: ['script', 'cases'],
  properties: {
    script: { ...name, description: 'The script, relative to this file.' },
    parameters,
    recorded: {
      type: 'object',
      additionalProperties: text,
      description: 'Stand-ins for secrets of a recording, by name; a target or an expectation has them as ${Name}.',
    },
    target: { ...target, description: 'The simulated server: one of http, ssh and telnet.' },
    targets: { ...targets, description: 'Several simulated servers, each with an address or a port of its own.' },
    realTime,
    cases: {
      type: 'array',
      minItems: 1,
      description: 'Each case has targets of its own.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        description: 'One operation, or several on the same targets (steps).',
        properties: {
          name: { ...name, description: 'What holds, as a sentence.' },
          operation,
          parameters,
          target: { ...target, description: 'Laid over that of the file; its routes and commands come first.' },
          targets: { ...targets, description: 'Each is laid over that of the file with its address.' },
          expect,
          realTime,
          skip: { type: 'boolean', description: 'Whether the case is not run.' },
          steps: {
            type: 'array',
            minItems: 1,
            description: 'Operations that run one after the other; the first that fails is the last.',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['operation'],
              properties: { operation, parameters, expect },
            },
          },
        },
      },
    },
  },
  definitions: { ...targetDefinitions, target: targetSchema, expectation },
};
