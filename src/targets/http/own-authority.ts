import { systemClock } from '../../base/clock.ts';
import { type Authority, createAuthority } from './create-authority.ts';

let authority: Authority | undefined;

/** One for all targets of the process, so that a client may keep what it makes of it. */
export function ownAuthority(): Authority {
  return (authority ??= createAuthority(systemClock()));
}
