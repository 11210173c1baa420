import { Ajv } from 'ajv';
import { gatewaySettingsSchema, type WrittenGateway } from './gateway-settings-schema.ts';

// The build replaces this file by the compiled function: compiling takes longer than the rest of a start.
export const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
export const validate = ajv.addSchema(gatewaySettingsSchema, 'schema').compile<WrittenGateway>(gatewaySettingsSchema);
