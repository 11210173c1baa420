import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import { spsSettingsSchema } from './sps-settings-schema.ts';
import { validate } from './sps-settings-validator.ts';

/** All places where settings do not have the shape that SPS reads from plugin-host.yaml. */
export function checkSettings(value: unknown): ValueFault[] {
  return validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], spsSettingsSchema, value);
}
