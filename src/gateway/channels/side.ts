/** The user's program, and the server that it wants. */
export type Side = 'client' | 'target';

export const otherSide = { client: 'target', target: 'client' } as const;

export const wayTo = { client: 'toClient', target: 'toTarget' } as const;
