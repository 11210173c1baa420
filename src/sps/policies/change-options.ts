import type { RefusalCode } from '../../base/code.ts';
import type { ShowOptions } from './show-body.ts';

/** What a change of the configuration needs besides the request. */
export interface ChangeOptions extends ShowOptions {
  dropUnknownMembers: boolean;
  /** Names that a configuration text may use besides those of objects, by collection: services that are not committed. */
  knownNames?: KnownNames;
  newKey: () => string;
  nowMs: () => number;
  /** Is told what is doubtful about a request that is taken. */
  warn: (code: PolicyWarning | RefusalCode, message: string, path: string) => void;
}

export type KnownNames = Readonly<Record<string, readonly string[]>>;

export type PolicyWarning =
  | 'MEMBER_UNKNOWN'
  | 'NAME_UNRESOLVED'
  | 'GATEWAY_AUTHENTICATION_MISSING'
  | 'AA_UNSUPPORTED'
  | 'WEB_GATEWAY_AUTHENTICATION'
  | 'NOT_AN_ADDRESS'
  | 'CONFIGURATION_IGNORED';
