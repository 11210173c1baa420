import { compileSchema } from '../../documents/compile-schema.ts';
import { testFileSchema } from './test-file-schema.ts';

export const { ajv, validate } = compileSchema(testFileSchema);
