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
export const endings = [...simulatedEndings, 'target-unreachable', 'host-key-refused', 'gateway-stopped'] as const;

export type Ending = (typeof endings)[number];
