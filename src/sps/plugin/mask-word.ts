/** What replaces a secret in everything that is shown of an SPS plugin. */
export const maskWord = '***';
