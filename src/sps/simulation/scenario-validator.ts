import { Ajv } from 'ajv';
import { scenarioSchema } from './scenario-schema.ts';

// The build puts the compiled function in the place of this file.
export const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(scenarioSchema, 'schema').compile(scenarioSchema);
