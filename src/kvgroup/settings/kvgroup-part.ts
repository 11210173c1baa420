import { sectionPart } from '../../project/section-part.ts';
import { type KvgroupSettings, kvgroupSettingsSchema } from './kvgroup-settings-schema.ts';
import { validate } from './kvgroup-settings-validator.ts';

/** What plugin-host.yaml says of plugins of Bravura. */
export const kvgroupPart = sectionPart<KvgroupSettings>({
  name: 'kvgroup',
  validate,
  schema: kvgroupSettingsSchema,
  read: (value) => ({ value, problems: [] }),
});
