import type { JSONSchemaType } from 'ajv';

/** What plugin-host.yaml may hold. */
export interface ProjectSettings {
  python?: string | number;
  proxyTimeout?: string | number;
  config?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  legacyPython?: string;
}

const optionalText = { type: 'string', nullable: true } as const;

/** JSON Schema of plugin-host.yaml, published as plugin-host.schema.json. */
export const projectSchema: JSONSchemaType<ProjectSettings> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'plugin-host.yaml',
  description: 'What the appliance would provide to the plugin in this folder.',
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    python: {
      ...optionalText,
      description: 'Interpreter for Python plugins: a path relative to this file, or a name on PATH.',
    },
    proxyTimeout: {
      type: ['string', 'number'],
      nullable: true,
      pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
      description:
        'Proxy timeout such as 600s, 10m, 1500ms; a bare number is seconds. A plugin gets half of it. Default 600s.',
    },
    config: { ...optionalText, description: 'Configuration text that the plugin is constructed with.' },
    environment: {
      type: 'object',
      nullable: true,
      required: [],
      propertyNames: { pattern: '^[^=\\u0000]+$' },
      additionalProperties: { type: 'string', pattern: '^[^\\u0000]*$' },
      description: "Added to the environment of the plugin's process.",
    },
    secrets: {
      type: 'array',
      nullable: true,
      items: { type: 'string', minLength: 1 },
      description:
        'Names of arguments, answers, cookie keys, result keys or configuration options whose values are masked.',
    },
    legacyPython: { ...optionalText, description: 'Python 2 interpreter for plugins without entry_point.' },
  },
} as unknown as JSONSchemaType<ProjectSettings>;
