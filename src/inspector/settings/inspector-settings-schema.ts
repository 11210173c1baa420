import type { KeyOf } from '../../project/project-keys.ts';

/** What plugin-host.yaml says of the inspector, as it is written there. */
export interface WrittenSettings {
  inspector?: InspectorSettings;
}

export interface InspectorSettings {
  port?: number;
  keep?: number;
  allowHost?: string | string[];
}

/** JSON Schema of these keys. */
export const inspectorSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    inspector: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        port: {
          type: 'integer',
          minimum: 0,
          maximum: 65535,
          description: 'Of the page; 0: any free one. Default 8080.',
        },
        keep: {
          type: 'integer',
          minimum: 0,
          description: 'How many sessions stay that were recorded because a page was open. Default 500.',
        },
        allowHost: {
          type: ['string', 'array'],
          items: { type: 'string', minLength: 1 },
          description: 'Further names that may lead to the page, of a tunnel.',
        },
      } satisfies Record<keyof InspectorSettings, object>,
      description: 'The page that shows every call; options of `inspect` win.',
    },
  } satisfies Record<KeyOf<'inspector'>, object>,
};
