import { Ajv } from 'ajv';
import { platformTestSchema } from './platform-test-schema.ts';

// The build puts the compiled function in the place of this file: compiling takes longer than all the rest of a start.
export const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  verbose: true, // its definitions refer to each other
  code: { source: true, esm: true },
});
export const validate = ajv.addSchema(platformTestSchema, 'schema').compile(platformTestSchema);
