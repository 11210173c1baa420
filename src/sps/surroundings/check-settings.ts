import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import { projectSchema } from './project-schema.ts';
import { validate } from './project-validator.ts';

/** All places where settings do not have the shape of plugin-host.yaml. */
export function checkSettings(value: unknown): ValueFault[] {
  return validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], projectSchema);
}
