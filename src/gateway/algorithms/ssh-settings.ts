import type { Algorithms } from 'ssh2';

/**
 * What both sides of the gateway offer, of all that the library can: nothing with SHA-1, CBC or RC4, and no group below 2048 bits. Groups that
 * are exchanged are left out, because the library makes none as a server and does not check what a target chose. ChaCha20 is left out because it
 * is slow here, and not safe with those that cannot do the strict key exchange, which the library offers by itself.
 */
const algorithms = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group18-sha512',
  ],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} satisfies Algorithms;

/** A connection ends when so many in a row were not answered. */
const keepalive = { keepaliveInterval: 30_000, keepaliveCountMax: 3 };

export const sshSettings = {
  /** For the `Server` that clients log in to. Its only host key is an Ed25519 one. */
  server: { ...keepalive, algorithms: { ...algorithms, serverHostKey: ['ssh-ed25519'] } },
  /** For the `Client` that logs in to a target, whose host key may be of any type that does not sign with SHA-1. */
  target: {
    ...keepalive,
    algorithms: {
      ...algorithms,
      serverHostKey: [
        'ssh-ed25519',
        'ecdsa-sha2-nistp256',
        'ecdsa-sha2-nistp384',
        'ecdsa-sha2-nistp521',
        'rsa-sha2-512',
        'rsa-sha2-256',
      ],
    },
  },
} satisfies Record<string, { algorithms: Algorithms }>;
