import { layTarget } from '../description/lay-target.ts';
import type { BackendDescription } from './backend-description.ts';
import { isAtSameName } from './backend-kind.ts';

type Backends = readonly BackendDescription[];

/**
 * Backends over others. One that both have, by name, port and kind: the routes of the upper one come first, its users and other keys win.
 * Undefined when neither is there. Source: product contract §11.
 */
export function layBackends(below: Backends | undefined, over: Backends | undefined): Backends | undefined {
  if (below === undefined || over === undefined) return over ?? below;
  const laid = below.map((each) => {
    const upper = over.find((other) => isSame(other, each));
    return upper === undefined ? each : layBackend(each, upper);
  });
  return [...laid, ...over.filter((each) => !below.some((other) => isSame(other, each)))];
}

function isSame(one: BackendDescription, other: BackendDescription): boolean {
  return isAtSameName(one, other) && one.port === other.port;
}

function layBackend(below: BackendDescription, over: BackendDescription): BackendDescription {
  if (below.radius === undefined || over.radius === undefined) return { ...below, ...over, ...layTarget(below, over) };
  const users = { ...below.radius.users, ...over.radius.users };
  return { ...below, ...over, radius: { ...below.radius, ...over.radius, users } };
}
