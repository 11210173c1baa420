import { compileSchema } from '../../documents/compile-schema.ts';
import { gatewaySettingsSchema, type WrittenGateway } from './gateway-settings-schema.ts';

export const { ajv, validate } = compileSchema<WrittenGateway>(gatewaySettingsSchema);
