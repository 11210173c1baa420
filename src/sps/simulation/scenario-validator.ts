import { compileSchema } from '../../documents/compile-schema.ts';
import { scenarioSchema } from './scenario-schema.ts';

export const { ajv, validate } = compileSchema(scenarioSchema);
