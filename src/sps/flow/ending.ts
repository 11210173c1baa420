/** How a session ended. */
export const endings = ['closed', 'denied', 'target-refused', 'user-left', 'plugin-error', 'timed-out'] as const;

export type Ending = (typeof endings)[number];
