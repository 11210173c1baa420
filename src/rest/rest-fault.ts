import type { Json } from '../base/json.ts';
import { PolicyFault, type PolicyFaultType } from '../sps/policies/policy-fault.ts';

/** Types of errors with their HTTP status. Source: SPS REST API, application level error codes; those from 408 on are ours, but 411 and 413. */
export const statusByType = {
  InvalidQuery: 400,
  SyntacticError: 400,
  SemanticError: 400,
  InvalidPlugin: 400,
  PluginNotSupported: 400,
  Unauthenticated: 401,
  AuthenticationFailure: 401,
  Unauthorized: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  RequestTimeout: 408,
  ConfigurationLocked: 409,
  NoTransaction: 409,
  Conflict: 409,
  LengthRequired: 411,
  PayloadTooLarge: 413,
  UriTooLong: 414,
  MisdirectedRequest: 421,
  TooManyRequests: 429,
  HeadersTooLarge: 431,
  InternalError: 500,
} as const satisfies Record<PolicyFaultType, number> & Record<string, number>;

export type FaultType = keyof typeof statusByType;

/** A request that is refused. */
export class RestFault extends Error {
  override readonly name = 'RestFault';
  readonly type: FaultType;
  readonly details: Readonly<Record<string, Json>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    type: FaultType,
    message: string,
    details: Readonly<Record<string, Json>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.type = type;
    this.details = details;
    this.headers = headers;
  }
}

/** What a handler threw, when it refuses the request; undefined of a defect of ours. */
export function faultOf(thrown: unknown): RestFault | undefined {
  if (thrown instanceof RestFault) return thrown;
  return thrown instanceof PolicyFault ? new RestFault(thrown.type, thrown.message, thrown.details) : undefined;
}
