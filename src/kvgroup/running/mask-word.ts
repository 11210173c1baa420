/** What stands in place of a secret in all that is shown of a Bravura plugin. */
export const maskWord = '***';
