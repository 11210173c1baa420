import type { JSONSchemaType } from 'ajv';
import { someBackends, someRequests } from '../../targets/backends/lone-backends-schema.ts';
import { pluginTypes } from '../plugin/find-hook.ts';
import { scenarioSchema } from '../simulation/scenario-schema.ts';
import { servicesSchema } from '../surroundings/services-schema.ts';
import type { TestFile } from './test-file.ts';

const text = { type: 'string' } as const;
const mapping = { type: 'object' } as const;
const textOrMatcher = { type: ['string', 'object'] } as const;

const { connection } = scenarioSchema.properties;

const surroundings = {
  config: { ...text, description: 'Configuration text that the plugin is constructed with.' },
  configFile: { ...text, minLength: 1, description: 'File with the configuration text, relative to this file.' },
  proxyTimeout: {
    type: ['string', 'number'],
    pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
    description: 'Such as 600s, 10m, 1500ms; a bare number is seconds. A plugin gets half of it.',
  },
  services: servicesSchema,
  backends: someBackends,
};

const expectation = {
  type: 'object',
  additionalProperties: false,
  description:
    'What must hold; every value may be a matcher: {contains: …}, {matches: …}, {any: …}, {absent: true}, {equals: …}.',
  properties: {
    outcome: {
      ...textOrMatcher,
      examples: ['returned', 'raised', 'timed-out', 'crashed', 'malformed'],
      description: 'How the call ends; returned by default, raised when exception or message is given.',
    },
    value: { description: 'What the hook returns: the keys that are given here, anything else as a whole.' },
    verdict: {
      type: ['string', 'object', 'null'],
      examples: ['ACCEPT', 'DENY', 'NEEDINFO', 'NONE'],
      description: 'Verdict of a hook that judges.',
    },
    exception: { ...textOrMatcher, description: 'Class of what is raised, with its module unless built in.' },
    message: { ...textOrMatcher, description: 'Message of what is raised.' },
    cookie: { ...mapping, description: "The plugin's cookie after the call: the keys that are given here." },
    sessionCookie: { ...mapping, description: 'The session cookie after the call: the keys that are given here.' },
    log: { ...textOrMatcher, description: 'What the plugin writes on both streams.' },
    requests: someRequests,
    withinMs: { type: 'number', exclusiveMinimum: 0, description: 'Longest time of the call, in milliseconds.' },
    problems: {
      type: ['array', 'object'],
      items: text,
      description: 'Codes of the problems; without it, what is returned must have none of level error.',
    },
  },
};

const step = {
  hook: { ...text, minLength: 1, description: 'Hook that is called.' },
  type: { enum: pluginTypes, description: 'Whose hook, when both plugins of a policy have it, as session_ended.' },
  connection,
  login: { ...text, description: 'Login name as the user types it, such as otp=123456@root.' },
  kwargs: { ...mapping, description: 'Arguments laid over those of the connection, key by key.' },
  answers: { ...mapping, additionalProperties: text, description: 'Answers of the user, by the key of the question.' },
  cookie: { ...mapping, description: 'Cookie of this call, instead of what the calls before it left.' },
  sessionCookie: { ...mapping, description: 'Session cookie of this call.' },
  expect: expectation,
};

/** JSON Schema of *.plugin-test.yaml, published as plugin-test.schema.json. */
export const testFileSchema: JSONSchemaType<TestFile> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: '*.plugin-test.yaml',
  description: 'Tests of one plugin, or of the plugins of a connection policy, for plugin-host test.',
  type: 'object',
  additionalProperties: false,
  required: ['cases'],
  oneOf: [{ required: ['plugin'] }, { required: ['policy'] }],
  properties: {
    plugin: { ...text, minLength: 1, description: 'Plugin folder or ZIP, relative to this file.' },
    policy: {
      ...text,
      minLength: 1,
      description: 'Committed connection policy instead of plugin; ssh/NAME when several protocols have it.',
    },
    connection,
    ...surroundings,
    cases: {
      type: 'array',
      minItems: 1,
      description: 'Each case starts with empty cookies and is on its own.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        description: 'One call (hook and what belongs to it), or several that share cookies and answers (steps).',
        properties: {
          name: { ...text, minLength: 1, description: 'What holds, as a sentence.' },
          ...surroundings,
          ...step,
          steps: {
            type: 'array',
            minItems: 1,
            description: 'Calls that share cookies, session cookie and answers; the first that fails is the last.',
            items: { type: 'object', additionalProperties: false, required: ['hook'], properties: step },
          },
        },
      },
    },
  },
} as unknown as JSONSchemaType<TestFile>;
