import { compileSchema } from '../../documents/compile-schema.ts';
import { serveSettingsSchema, type WrittenSettings } from './serve-settings-schema.ts';

export const { ajv, validate } = compileSchema<WrittenSettings>(serveSettingsSchema);
