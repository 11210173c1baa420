import { compileSchema } from '../documents/compile-schema.ts';
import { commonSchema } from './common-schema.ts';

export const { ajv, validate } = compileSchema(commonSchema);
