/** Says what time it is. Handed in, so that a test can say it too. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
