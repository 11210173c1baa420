import { Ajv } from 'ajv';
import { manifestSchema } from './manifest-schema.ts';

// The build puts the compiled function in the place of this file: compiling takes longer than all the rest of a start.
export const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(manifestSchema, 'schema').compile(manifestSchema);
