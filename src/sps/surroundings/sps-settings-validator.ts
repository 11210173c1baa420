import { compileSchema } from '../../documents/compile-schema.ts';
import { type SpsSettings, spsSettingsSchema } from './sps-settings-schema.ts';

export const { ajv, validate } = compileSchema<SpsSettings>(spsSettingsSchema);
