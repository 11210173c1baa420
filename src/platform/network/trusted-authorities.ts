import { getCACertificates } from 'node:tls';
import type { Claimant } from './dialer.ts';

/** Whom a run trusts, in PEM; undefined is the system's authorities. With targets, where nothing else is reached, only theirs and those that are given. */
export function trustedAuthorities(
  claimants: readonly Claimant[] | undefined,
  given: string | undefined,
): readonly string[] | undefined {
  const own = given === undefined ? [] : [given];
  if (claimants === undefined) return given === undefined ? undefined : [...getCACertificates('default'), ...own];
  const ofTargets = claimants.map(({ ca }) => ca).filter((ca) => ca !== undefined);
  return [...new Set([...ofTargets, ...own])];
}
