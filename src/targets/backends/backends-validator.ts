import { compileSchema, selfReferring } from '../../documents/compile-schema.ts';
import { loneBackendsSchema } from './lone-backends-schema.ts';

export const { ajv, validate } = compileSchema(loneBackendsSchema, selfReferring);
