import { Ajv } from 'ajv';
import { expectationSchema } from './expectation-schema.ts';

// The build replaces this file by the compiled function: compiling takes longer than the rest of a start.
export const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  code: { source: true, esm: true },
});
export const validate = ajv.addSchema(expectationSchema, 'schema').compile(expectationSchema);
