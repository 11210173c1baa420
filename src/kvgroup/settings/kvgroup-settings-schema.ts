import type { KeyOf } from '../../project/project-keys.ts';

/** What plugin-host.yaml says of plugins of Bravura, as it is written there. */
export interface WrittenSettings {
  kvgroup?: KvgroupSettings;
}

export interface KvgroupSettings {
  /** Number or setting of the plugin point. */
  point?: string | number;
}

/** JSON Schema of these keys. */
export const kvgroupSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    kvgroup: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        point: {
          type: ['string', 'integer'],
          description:
            'Plugin point of the plugins here: a number (03) or the name of a setting ("IDSYNCH ID PLUGIN").',
        },
      } satisfies Record<keyof KvgroupSettings, object>,
      description: 'Plugins of Bravura Security Fabric; options of the commands of `kvgroup` win.',
    },
  } satisfies Record<KeyOf<'kvgroup'>, object>,
};
