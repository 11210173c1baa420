import { plainName } from '../running/find-target.ts';
import type { BackendDescription } from './backend-description.ts';

const backendKinds = ['http', 'radius'] as const;
export type BackendKind = (typeof backendKinds)[number];

/** What a backend is; one that is valid has one. */
export function kindsOf(backend: BackendDescription): BackendKind[] {
  return backendKinds.filter((kind) => backend[kind] !== undefined);
}

/** Whether both answer for the same name, in the same way. */
export function isAtSameName(one: BackendDescription, other: BackendDescription): boolean {
  const isSameKind = (one.http === undefined) === (other.http === undefined);
  return isSameKind && plainName(one.address) === plainName(other.address);
}
