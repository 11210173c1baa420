import { Ajv } from 'ajv';
import { loneBackendsSchema } from './lone-backends-schema.ts';

// The build replaces this file by the compiled function: compiling takes longer than the rest of a start.
export const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  verbose: true, // its definitions refer to each other
  code: { source: true, esm: true },
});
export const validate = ajv.addSchema(loneBackendsSchema, 'schema').compile(loneBackendsSchema);
