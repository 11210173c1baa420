import { compileSchema, selfReferring } from '../../documents/compile-schema.ts';
import { platformTestSchema } from './platform-test-schema.ts';

export const { ajv, validate } = compileSchema(platformTestSchema, selfReferring);
