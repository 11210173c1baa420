import type { KeyOf } from '../../project/project-keys.ts';

/** What plugin-host.yaml says of custom platform scripts, as it is written there. */
export interface WrittenSettings {
  platform?: {
    allow?: string[];
    connectTo?: string[];
    ca?: string;
    maxRun?: string | number;
    quiet?: string | number;
    terminal?: 'dumb' | 'vt100';
    strictResult?: boolean;
  };
}

const durationPattern = '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$';

/** JSON Schema of these keys. */
export const platformSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    platform: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'May be reached besides loopback: HOST[:PORT], *.DOMAIN, CIDR.',
        },
        connectTo: {
          type: 'array',
          items: {
            type: 'string',
            pattern: '^(\\[[^\\[\\]]*\\]|[^:\\[\\]]*):[0-9]{0,5}:(\\[[^\\[\\]]*\\]|[^:\\[\\]]*):[0-9]{0,5}$',
            description: 'Expected HOST:PORT:HOST2:PORT2; an empty part matches all.',
          },
          description: 'HOST:PORT:HOST2:PORT2: connections to the first go to the second.',
        },
        ca: {
          type: 'string',
          minLength: 1,
          description: 'PEM authorities trusted besides those of the system: a path relative to this file.',
        },
        maxRun: {
          type: ['string', 'number'],
          pattern: durationPattern,
          description: 'For a whole run, such as 300s, 5m; a bare number is seconds. Default 300s.',
        },
        quiet: {
          type: ['string', 'number'],
          pattern: durationPattern,
          description: 'How long a line must be quiet until a Receive without a pattern ends. Default 300ms.',
        },
        terminal: { enum: ['dumb', 'vt100'], description: 'vt100: 80 columns instead of dumb with 1000.' },
        strictResult: { type: 'boolean', description: 'Whether an operation without Return is a failure.' },
      } satisfies Record<keyof NonNullable<WrittenSettings['platform']>, object>,
      description: 'How custom platform scripts are run; options of `platform run` win.',
    },
  } satisfies Record<KeyOf<'platform'>, object>,
};
