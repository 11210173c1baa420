import type { Json } from '../../base/json.ts';
import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import { renderKeys } from '../../documents/render-keys.ts';
import { checkHttp } from '../description/check-http.ts';
import { checkDelay, checkPatterns, faultAt } from '../description/fault-at.ts';
import type { BackendDescription } from './backend-description.ts';
import { isAtSameName, kindsOf } from './backend-kind.ts';
import { validate } from './backends-validator.ts';
import { loneBackendsSchema } from './lone-backends-schema.ts';

type Keys = ValueFault['keys'];

/** All that is wrong with a list of backends. @param keys That lead to it @param folder That its files are relative to */
export function checkBackends(keys: Keys, backends: unknown, folder: string): ValueFault[] {
  const wrong = checkShape({ backends }, keys);
  if (wrong.length > 0) return wrong;
  const all = backends as BackendDescription[];
  return all.flatMap((each, index) => [
    ...checkBackend([...keys, index], each, folder),
    ...checkRival([...keys, index], each, all.slice(0, index)),
  ]);
}

/** All that is wrong with `expect.requests`. @param keys That lead to it */
export function checkRequests(keys: Keys, requests: unknown): ValueFault[] {
  const wrong = checkShape({ requests }, keys);
  return wrong.length > 0 ? wrong : checkPatterns(keys, requests as Json);
}

/** The first key is that of the part. */
function checkShape(part: Record<string, unknown>, keys: Keys): ValueFault[] {
  if (validate(part)) return [];
  return describeSchemaErrors(validate.errors ?? [], loneBackendsSchema, part).map(
    ({ keys: found, message, ...others }) => ({
      keys: [...keys, ...found.slice(1)],
      message: keys.length === 1 ? message : renderKeys([...keys.slice(0, -1), '']) + message,
      ...others,
    }),
  );
}

function checkBackend(keys: Keys, backend: BackendDescription, folder: string): ValueFault[] {
  const { http, radius } = backend;
  const kinds = kindsOf(backend);
  if (kinds.length !== 1) {
    return [faultAt(keys, `expected one of http and radius, got ${kinds.length === 0 ? 'none' : 'both'}`)];
  }
  return [
    ...(http === undefined ? [] : checkHttp([...keys, 'http'], http, folder)),
    ...(radius === undefined ? [] : checkDelay([...keys, 'radius', 'delay'], radius.delay)),
  ];
}

/** Of two that claim the same, the second would never be reached. */
function checkRival(keys: Keys, backend: BackendDescription, others: readonly BackendDescription[]): ValueFault[] {
  const rival = others.find((other) => isAtSameName(other, backend) && (other.port ?? backend.port) === backend.port);
  if (rival === undefined) return [];
  return [faultAt(keys, `another backend claims ${backend.address} too; give each of them a port`)];
}
