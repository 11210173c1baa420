import { shellProperties } from './shell-properties.ts';

const text = { type: 'string' } as const;

/** JSON Schema of `ssh:`. */
export const sshSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Answers SSH: shells and single commands.',
  properties: {
    users: {
      type: 'object',
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          password: text,
          keys: { type: 'array', items: text, description: 'Public keys, as in authorized_keys.' },
        },
      },
      description: 'Who may log in; a user without password and keys needs neither. Default: anyone.',
    },
    hostKey: {
      ...text,
      minLength: 1,
      description:
        'File with a private key, or the type of one that is made: ssh-ed25519, ecdsa-sha2-nistp256, ssh-rsa.',
    },
    banner: {
      ...text,
      pattern: '^[!-~ ]+$',
      maxLength: 200,
      description: 'Name and version of the software, such as OpenSSH_9.2p1.',
    },
    ...shellProperties,
  },
} as const;
