import { Ajv, type JSONSchemaType, type Options, type Schema, type ValidateFunction } from 'ajv';

export interface CompiledSchema<T> {
  /** Of which the build takes the code. */
  ajv: Ajv;
  validate: ValidateFunction<T>;
}

/** For a schema whose definitions refer to each other, see `describeSchemaErrors`. */
export const selfReferring = { strictTypes: false, verbose: true } satisfies Options;

/**
 * For a file `*-validator.ts`, which exports both: the build replaces it by the compiled function, because compiling takes longer than the rest
 * of a start.
 */
export function compileSchema<T = unknown>(
  schema: Schema | JSONSchemaType<T>,
  options: Options = {},
): CompiledSchema<T> {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, ...options, code: { source: true, esm: true } });
  return { ajv, validate: ajv.addSchema(schema, 'schema').compile<T>(schema) };
}
