import type { JsonObject } from '../../../base/json.ts';

/** A committed connection policy that a session takes its plugins from. */
export interface PolicyChoice {
  name: string;
  /** Takes the place of the policy's simulated connection. */
  connection: string | undefined;
  /** Lie over the policy. */
  overlay: JsonObject;
}
