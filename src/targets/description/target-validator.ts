import { compileSchema, selfReferring } from '../../documents/compile-schema.ts';
import { loneTargetSchema } from './target-schema.ts';

export const { ajv, validate } = compileSchema(loneTargetSchema, selfReferring);
