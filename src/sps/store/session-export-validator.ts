import { Ajv } from 'ajv';
import { sessionExportSchema } from './session-export-schema.ts';

// The build replaces this file by the compiled function.
export const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(sessionExportSchema, 'schema').compile(sessionExportSchema);
