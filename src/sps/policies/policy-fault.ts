import type { Json } from '../../base/json.ts';

/** Why a request that concerns the configuration is refused. Source: SPS REST API, application level error codes. */
export type PolicyFaultType =
  | 'SyntacticError'
  | 'SemanticError'
  | 'InvalidPlugin'
  | 'PluginNotSupported'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'ConfigurationLocked'
  | 'NoTransaction'
  | 'Conflict';

/** A refused request. What it says may be shown to whoever sent the request. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';
  readonly type: PolicyFaultType;
  readonly details: Readonly<Record<string, Json>>;

  constructor(type: PolicyFaultType, message: string, details: Readonly<Record<string, Json>> = {}) {
    super(message);
    this.type = type;
    this.details = details;
  }
}
