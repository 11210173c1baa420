import { getCACertificates } from 'node:tls';
import type { Claimant } from './dialer.ts';

/** Whom a run trusts besides or instead of the system's authorities. */
export interface Trust {
  /** With them, only theirs: nothing else is reached. */
  claimants: readonly Claimant[] | undefined;
  /** PEM. */
  given: string | undefined;
}

/** Authorities in PEM; undefined is the system's. */
export function trustedAuthorities({ claimants, given }: Trust): readonly string[] | undefined {
  const own = given === undefined ? [] : [given];
  if (claimants === undefined) return given === undefined ? undefined : [...getCACertificates('default'), ...own];
  const ofTargets = claimants.map(({ ca }) => ca).filter((ca) => ca !== undefined);
  return [...new Set([...ofTargets, ...own])];
}
