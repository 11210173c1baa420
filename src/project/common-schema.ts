import type { KeyOf } from './project-keys.ts';

/** What plugin-host.yaml says to all systems. */
export interface CommonSettings {
  python?: string | number;
  environment?: Record<string, string>;
  limits?: LimitSettings;
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

/** A path, or a name on PATH. */
export const programSchema = { type: 'string', pattern: '^\\s*[^\\s\\u0000][^\\u0000]*$' } as const;

/** JSON Schema of that part; what else is in the file is for others to check. */
export const commonSchema = {
  type: 'object',
  required: [],
  properties: {
    python: {
      ...programSchema,
      description: 'Interpreter for Python plugins: a path relative to this file, or a name on PATH.',
    },
    environment: {
      type: 'object',
      required: [],
      propertyNames: { pattern: '^[^=\\u0000]+$' },
      additionalProperties: { type: 'string', pattern: '^[^\\u0000]*$' },
      description: "Added to the environment of the plugin's process.",
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        memory: { ...size, description: 'Memory that the process of a call may write to, such as 512MiB.' },
        processes: { ...count, description: 'Processes and threads that a call may have at once, its own included.' },
        openFiles: { ...count, description: 'Descriptors that a process may have open.' },
        fileSize: { ...size, description: 'Longest file that may be written, such as 10MiB.' },
      } satisfies Record<keyof LimitSettings, object>,
      description: 'What the process of a call may use at most.',
    },
  } satisfies Record<KeyOf<'common'>, object>,
} as const;
