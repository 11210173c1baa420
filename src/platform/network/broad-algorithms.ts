import type { Algorithms } from 'ssh2';

/** What old systems may need; it is offered behind what is offered anyway. */
export const broadAlgorithms = {
  kex: added(['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1']),
  serverHostKey: added(['ssh-rsa', 'ssh-dss']),
  cipher: added(['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc']),
  hmac: added(['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96']),
} satisfies Algorithms;

function added<Name extends string>(append: Name[]): { append: Name[]; prepend: Name[]; remove: Name[] } {
  return { append, prepend: [], remove: [] };
}
