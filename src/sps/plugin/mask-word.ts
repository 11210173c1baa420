/** What stands in place of a secret in all that is shown of an SPS plugin. */
export const maskWord = '***';
