import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { ProjectPart } from '../../project/read-project-file.ts';
import { type InspectorSettings, inspectorSettingsSchema, type WrittenSettings } from './inspector-settings-schema.ts';
import { validate } from './inspector-settings-validator.ts';

/** What plugin-host.yaml says of the inspector. */
export const inspectorPart: ProjectPart<InspectorSettings> = {
  name: 'inspector',
  read: (keys) =>
    validate(keys)
      ? { value: (keys as WrittenSettings).inspector ?? {}, problems: [] }
      : { value: {}, problems: describeSchemaErrors(validate.errors ?? [], inspectorSettingsSchema) },
};
