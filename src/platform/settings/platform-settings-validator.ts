import { compileSchema } from '../../documents/compile-schema.ts';
import { platformSettingsSchema, type WrittenSettings } from './platform-settings-schema.ts';

export const { ajv, validate } = compileSchema<WrittenSettings>(platformSettingsSchema);
