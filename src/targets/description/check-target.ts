import type { Json } from '../../base/json.ts';
import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import { checkHttp } from './check-http.ts';
import { checkTelnet } from './check-shell.ts';
import { checkSsh } from './check-ssh.ts';
import { faultAt } from './fault-at.ts';
import { checkReferences, type Values } from './substitute.ts';
import type { TargetDescription } from './target-description.ts';
import { loneTargetSchema } from './target-schema.ts';
import { validate } from './target-validator.ts';

type Keys = ValueFault['keys'];

interface Surroundings {
  /** That the files of the description are relative to. */
  folder: string;
  /** What its references may name; undefined when that is not known yet. */
  values?: Values | undefined;
}

/** All that is wrong with a target that stands alone. */
export function checkTarget(value: unknown, surroundings: Surroundings): ValueFault[] {
  if (!validate(value)) return describeSchemaErrors(validate.errors ?? [], loneTargetSchema, value);
  const description = value as TargetDescription;
  const wrong = checkTargetKind([], description);
  return wrong.length > 0 ? wrong : checkTargetContent([], description, surroundings);
}

const targetKinds = ['http', 'ssh', 'telnet'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** A whole target is of one kind. @param keys That lead to the target in its file */
export function checkTargetKind(keys: Keys, description: TargetDescription): ValueFault[] {
  const kinds = targetKinds.filter((kind) => description[kind] !== undefined);
  if (kinds.length === 1) return [];
  return [faultAt(keys, `expected one of ${targetKinds.join(', ')}, got ${kinds.join(' and ') || 'none'}`)];
}

/**
 * What is wrong with a target that has the shape of its schema, or with a part of one that is laid over another.
 * @param keys That lead to the target in its file
 */
export function checkTargetContent(
  keys: Keys,
  description: TargetDescription,
  { folder, values }: Surroundings,
): ValueFault[] {
  const { http, ssh, telnet } = description;
  return [
    ...(http === undefined ? [] : checkHttp([...keys, 'http'], http, folder)),
    ...(ssh === undefined ? [] : checkSsh([...keys, 'ssh'], ssh, folder)),
    ...(telnet === undefined ? [] : checkTelnet([...keys, 'telnet'], telnet)),
    ...(values === undefined ? [] : checkReferences(description as unknown as Json, Object.keys(values), keys)),
  ];
}
