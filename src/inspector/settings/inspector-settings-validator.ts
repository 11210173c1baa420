import { compileSchema } from '../../documents/compile-schema.ts';
import { inspectorSettingsSchema, type WrittenSettings } from './inspector-settings-schema.ts';

export const { ajv, validate } = compileSchema<WrittenSettings>(inspectorSettingsSchema);
