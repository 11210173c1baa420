import type { CallSlots } from './call-slots.ts';
import type { GatewaySettings } from './gateway-settings.ts';

/** What the sessions of a gateway have in common. */
export interface SessionSurroundings {
  settings: GatewaySettings;
  slots: CallSlots;
  /** Ends what is still called when the gateway may wait no longer. */
  hardSignal: AbortSignal;
}
