/** Makes of a value what may be seen of it. @param isSecret Whether it is secret by what it is for */
export type Show = (value: string, isSecret?: boolean) => string;

/** A sentence about values that came. Only they are masked: a secret may be a word of the sentence too. */
export type Telling = (show: Show) => string;

export const inClear: Show = (value) => value;
