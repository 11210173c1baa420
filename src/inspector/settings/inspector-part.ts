import { sectionPart } from '../../project/section-part.ts';
import { type InspectorSettings, inspectorSettingsSchema } from './inspector-settings-schema.ts';
import { validate } from './inspector-settings-validator.ts';

/** What plugin-host.yaml says of the inspector. */
export const inspectorPart = sectionPart<InspectorSettings>({
  name: 'inspector',
  validate,
  schema: inspectorSettingsSchema,
  read: (value) => ({ value, problems: [] }),
});
