/** What stands in place of a secret; on every line that the secret had. */
export const mask = '***';
