/** How a simulated session ends. */
export const simulatedEndings = [
  'closed',
  'denied',
  'target-refused',
  'user-left',
  'plugin-error',
  'timed-out',
] as const;

/** How a session ends: a real one may also not reach its target, or end with its gateway. */
export type Ending = (typeof simulatedEndings)[number] | 'target-unreachable' | 'host-key-refused' | 'gateway-stopped';
