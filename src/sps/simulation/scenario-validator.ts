import { Ajv } from 'ajv';
import { scenarioSchema } from './scenario-schema.ts';

// The build replaces this file by the compiled function.
export const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(scenarioSchema, 'schema').compile(scenarioSchema);
