/** What replaces a secret in everything that is shown of a Bravura plugin. */
export const maskWord = '***';
