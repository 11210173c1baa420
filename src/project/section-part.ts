import type { ErrorObject } from 'ajv';
import type { ValueFault } from '../base/problem.ts';
import { describeSchemaErrors } from '../documents/describe-schema-errors.ts';
import type { ProjectPart } from './read-project-file.ts';

/** All keys of a system, when they stand in one section that has its name. */
interface Section<Written, T> {
  name: Exclude<ProjectPart<T>['name'], 'sps'>;
  validate: ((keys: unknown) => boolean) & { errors?: ErrorObject[] | null };
  /** JSON Schema that `validate` checks. */
  schema: object;
  /** As `ProjectPart.read`, of a section that fits the schema. */
  read: (section: Partial<Written>, folder: string) => { value: T; problems: readonly ValueFault[] };
}

/** A section that does not fit its schema counts as empty: its value is not used. */
export function sectionPart<Written, T = Written>({
  name,
  validate,
  schema,
  read,
}: Section<Written, T>): ProjectPart<T> {
  return {
    name,
    read: (keys, folder) =>
      validate(keys)
        ? read(keys[name] ?? {}, folder)
        : { value: read({}, folder).value, problems: describeSchemaErrors(validate.errors ?? [], schema, keys) },
  };
}
