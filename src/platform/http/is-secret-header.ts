const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/** Whether what a header holds is secret by what it is for: credentials and sessions. */
export function isSecretHeader(name: string): boolean {
  return secretHeaders.includes(name.toLowerCase());
}
