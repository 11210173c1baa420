import { someBackends, someRequests } from '../../targets/backends/lone-backends-schema.ts';
import { simulatedEndings } from '../flow/ending.ts';
import { connections } from '../plugin/connections.ts';
import { hooksByType } from '../plugin/find-hook.ts';
import { servicesSchema } from '../surroundings/services-schema.ts';

const text = { type: 'string' } as const;
const optionalText = { type: ['string', 'null'] } as const;
const texts = { type: 'array', items: text } as const;
const textOrTexts = { type: ['string', 'array'], items: text } as const;
const connectionNames = Object.keys(connections);

const plugin = {
  type: ['string', 'object'],
  additionalProperties: false,
  required: ['path'],
  minLength: 1,
  properties: {
    path: { ...text, minLength: 1, description: 'Plugin folder or ZIP, relative to this file.' },
    config: { ...text, description: 'Configuration text that the plugin is constructed with.' },
    configFile: { ...text, minLength: 1, description: 'File with the configuration text, relative to this file.' },
    proxyTimeout: {
      type: ['string', 'number'],
      pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
      description: 'Such as 600s, 10m, 1500ms; a bare number is seconds. The plugin gets half of it.',
    },
  },
} as const;

const argumentTypes: Record<string, object> = {
  client_port: { type: 'integer' },
  server_port: { type: ['integer', 'null'] },
  gateway_groups: { type: ['array', 'null'], items: text },
  key_value_pairs: { type: 'object', required: [], additionalProperties: text },
};

/** What the hooks are passed, by the names of authenticate and authorize. */
const connectionArguments = Object.fromEntries(
  [...Object.keys(connections.ssh), 'gateway_password'].map((name) => [name, argumentTypes[name] ?? optionalText]),
);

/** JSON Schema of a scenario, published as scenario.schema.json. */
export const scenarioSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'scenario of plugin-host',
  description: 'A whole session, as SPS would run it.',
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    description: { ...text, description: 'For whom reads it.' },
    connection: {
      description: `${connectionNames.join(', ')}, or arguments laid over one of these (base).`,
      if: { type: 'string' },
      then: { enum: connectionNames },
      else: {
        type: 'object',
        required: [],
        additionalProperties: false,
        properties: { base: { enum: connectionNames }, ...connectionArguments },
      },
    },
    policy: {
      ...text,
      minLength: 1,
      description:
        'Name of a committed connection policy, instead of plugins; ssh/NAME when several protocols have it.',
    },
    plugins: {
      type: 'object',
      additionalProperties: false,
      required: [],
      minProperties: 1,
      properties: { aa: plugin, credentialstore: plugin },
      description: 'The AA plugin and the credential store of the connection.',
    },
    login: {
      ...text,
      description: 'Login name as the user types it, such as otp=123456@root; in RDP otp~123456%root.',
    },
    answers: {
      type: 'object',
      required: [],
      additionalProperties: textOrTexts,
      description: 'What the user answers, by the key of the question; a list is used up in order.',
    },
    serverPassword: {
      ...textOrTexts,
      description: 'What the user types when the credential store gave nothing that the target takes.',
    },
    target: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        passwords: { ...texts, description: 'Passwords that it accepts.' },
        publicKeys: { ...texts, description: 'Public keys that it accepts, as in authorized_keys.' },
      },
      description: 'What the emulated server accepts. Default: anything.',
    },
    passwordRequests: {
      type: 'integer',
      minimum: 1,
      maximum: 9,
      description: 'How often the store is asked for passwords while the target refuses them. Default 1.',
    },
    usermapping: {
      type: 'boolean',
      description: 'False: no usermapping policy, so a gateway user may only log in under the same name. Default true.',
    },
    remoteApps: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, required: ['asset'], properties: { asset: text } },
      description: 'RDP: applications whose launcher asks for credentials once the session runs.',
    },
    totpCodes: { type: 'integer', minimum: 0, description: 'How often codes are asked for once the session runs.' },
    proxySessions: {
      type: 'integer',
      minimum: 1,
      maximum: 9,
      description: 'RDP: sessions of one login; all but the last end before a credential is fetched. Default 1.',
    },
    services: servicesSchema,
    backends: someBackends,
    expect: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        ended: { enum: simulatedEndings },
        steps: {
          type: 'array',
          items: { enum: [...new Set(Object.values(hooksByType).flatMap((hooks) => hooks.map(({ name }) => name)))] },
          description: 'Hooks in the order of their calls.',
        },
        gatewayUser: { ...optionalText, description: 'At the end.' },
        gatewayGroups: { type: ['array', 'null'], items: text, description: 'At the end.' },
        requests: someRequests,
      },
      description: 'Makes the scenario a test.',
    },
  },
} as const;
