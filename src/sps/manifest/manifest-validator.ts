import { Ajv } from 'ajv';
import { manifestSchema } from './manifest-schema.ts';

// The build replaces this file by the compiled function: compiling takes longer than the rest of a start.
export const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(manifestSchema, 'schema').compile(manifestSchema);
