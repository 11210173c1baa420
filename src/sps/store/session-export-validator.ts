import { compileSchema } from '../../documents/compile-schema.ts';
import { sessionExportSchema } from './session-export-schema.ts';

export const { ajv, validate } = compileSchema(sessionExportSchema);
