import { compileSchema } from '../../documents/compile-schema.ts';
import { manifestSchema } from './manifest-schema.ts';

export const { ajv, validate } = compileSchema(manifestSchema, { allowUnionTypes: false });
