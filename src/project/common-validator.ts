import { Ajv } from 'ajv';
import { commonSchema } from './common-schema.ts';

// The build puts the compiled function in the place of this file: compiling takes longer than all the rest of a start.
export const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(commonSchema, 'schema').compile(commonSchema);
