import type { JSONSchemaType } from 'ajv';
import { faultsSchema } from './faults-schema.ts';
import type { Faults } from './faults.ts';
import { servicesSchema } from './services-schema.ts';
import type { Services } from './services.ts';

/** What plugin-host.yaml may hold. */
export interface ProjectSettings {
  python?: string | number;
  proxyTimeout?: string | number;
  config?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  legacyPython?: string;
  limits?: LimitSettings;
  services?: Services;
  /** Local file or folder by path on the appliance. */
  files?: Record<string, string>;
  faults?: Faults;
}

/** Sizes such as `512MiB`; a bare number is bytes. */
export interface LimitSettings {
  memory?: string | number;
  processes?: number;
  openFiles?: number;
  fileSize?: string | number;
}

const size = {
  type: ['string', 'number'],
  pattern: '^[1-9][0-9.]*[ ]*(B|[KMG]iB|[kMG]B)?$',
  minimum: 1,
} as const;
const count = { type: 'integer', minimum: 1 } as const;
const text = { type: 'string' } as const;
const program = { ...text, pattern: '^\\s*[^\\s\\u0000][^\\u0000]*$' } as const;

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
      ...program,
      description: 'Interpreter for Python plugins: a path relative to this file, or a name on PATH.',
    },
    proxyTimeout: {
      type: ['string', 'number'],
      pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
      description:
        'Proxy timeout such as 600s, 10m, 1500ms; a bare number is seconds. A plugin gets half of it. Default 600s.',
    },
    config: { ...text, description: 'Configuration text that the plugin is constructed with.' },
    environment: {
      type: 'object',
      required: [],
      propertyNames: { pattern: '^[^=\\u0000]+$' },
      additionalProperties: { type: 'string', pattern: '^[^\\u0000]*$' },
      description: "Added to the environment of the plugin's process.",
    },
    secrets: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description:
        'Names of arguments, answers, cookie keys, result keys or configuration options whose values are masked.',
    },
    legacyPython: { ...program, description: 'Python 2 interpreter for plugins without entry_point.' },
    limits: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        memory: { ...size, description: 'Memory that the process of a call may write to, such as 512MiB.' },
        processes: { ...count, description: 'Processes and threads that a call may have at once, its own included.' },
        openFiles: { ...count, description: 'Descriptors that a process may have open.' },
        fileSize: { ...size, description: 'Longest file that may be written, such as 10MiB.' },
      },
      description: 'What the process of a call may use at most.',
    },
    services: servicesSchema,
    files: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: { type: 'string', minLength: 1 },
      description:
        'Files and folders of the appliance that the plugin opens: its path there, then the local one, relative to this file. Native libraries do not see them.',
    },
    faults: faultsSchema,
  },
} as unknown as JSONSchemaType<ProjectSettings>;
