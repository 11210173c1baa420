import type { Target } from '../flow/target.ts';
import { encodePublicKey } from './encode-public-key.ts';

/** What the emulated server accepts. */
export interface TargetList {
  passwords?: string[];
  /** As in authorized_keys: type, base64, an optional comment. */
  publicKeys?: string[];
}

/** A target that accepts what is listed. Without a list it accepts everything, and no credential too. */
export function createListedTarget(list: TargetList | undefined): Target {
  return {
    reach: () => Promise.resolve(undefined),
    takesKey: (privateKey) => Promise.resolve(list === undefined || listsKey(list, privateKey)),
    takesPassword: (password) => Promise.resolve(list === undefined || (list.passwords ?? []).includes(password)),
    takesNothing: () => Promise.resolve(list === undefined),
  };
}

/** Whether the list has the public half of a private key in PEM; never for a key that cannot be read. */
function listsKey({ publicKeys = [] }: TargetList, privateKey: string): boolean {
  const known = publicKeys.map((line) => /(?:^|\s)([A-Za-z0-9+/]{40,}={0,2})/.exec(line)?.[1]);
  const blob = encodePublicKey(privateKey);
  return blob !== undefined && known.includes(blob);
}
