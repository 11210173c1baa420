import { compileSchema } from '../../documents/compile-schema.ts';
import { expectationSchema } from './expectation-schema.ts';

export const { ajv, validate } = compileSchema(expectationSchema, { strictTypes: false });
