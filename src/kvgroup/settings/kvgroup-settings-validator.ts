import { compileSchema } from '../../documents/compile-schema.ts';
import { kvgroupSettingsSchema, type WrittenSettings } from './kvgroup-settings-schema.ts';

export const { ajv, validate } = compileSchema<WrittenSettings>(kvgroupSettingsSchema);
