import type { KeyOf } from '../../project/project-keys.ts';
import type { Compat } from '../../sps/policies/links/compat.ts';
import type { Privilege } from '../access/accounts.ts';

/** What plugin-host.yaml says of the server, as it is written there. */
export interface WrittenSettings {
  serve?: {
    compat?: Compat;
    apiPort?: number;
    port?: number;
    keep?: number;
    showSecrets?: boolean;
    host?: string;
    allowHost?: string | string[];
    http?: boolean;
    certificate?: string;
    key?: string;
    adminPasswordFile?: string;
    sessionIdle?: string | number;
    transactionIdle?: string | number;
    uploadLimit?: string | number;
    log?: string;
    dropUnknownMembers?: boolean;
    users?: Record<string, { passwordFile: string; privileges: Privilege[] }>;
  };
}

const file = { type: 'string', minLength: 1 } as const;
const duration = { type: ['string', 'number'], pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$' } as const;
const size = { type: ['string', 'number'], pattern: '^[1-9][0-9.]*[ ]*(B|[KMG]iB|[kMG]B)?$', minimum: 1 } as const;

/** JSON Schema of these keys. */
export const serveSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    serve: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        compat: { enum: ['classic', 'current'], description: 'Generation of the API. Default classic.' },
        apiPort: { type: 'integer', minimum: 0, maximum: 65535, description: 'Port of the API. Default 8443.' },
        port: {
          type: 'integer',
          minimum: 0,
          maximum: 65535,
          description: 'Port of the inspector page. Default 8080.',
        },
        host: { ...file, description: 'Address of this machine only. Default 127.0.0.1.' },
        allowHost: {
          type: ['string', 'array'],
          items: file,
          minLength: 1,
          description: 'Further names that requests may use, of a tunnel.',
        },
        keep: {
          type: 'integer',
          minimum: 0,
          description: 'How many sessions stay that were recorded for the page. Default 500.',
        },
        showSecrets: { type: 'boolean', description: 'Do not mask secrets in the page.' },
        http: { type: 'boolean', description: 'Plain HTTP instead of HTTPS.' },
        certificate: { ...file, description: 'PEM instead of the self-signed one: a path relative to this file.' },
        key: { ...file, description: 'PEM of its private key: a path relative to this file.' },
        adminPasswordFile: { ...file, description: 'File with the password of admin: a path relative to this file.' },
        sessionIdle: { ...duration, description: 'How long a session lasts without a request. Default 20m.' },
        transactionIdle: { ...duration, description: 'How long a transaction lasts without a request. Default 10m.' },
        uploadLimit: { ...size, description: 'Largest body of an upload. Default 100MiB.' },
        log: { ...file, description: 'Access log: a path relative to this file, or - for standard error.' },
        dropUnknownMembers: { type: 'boolean', description: 'Leave members out that nobody reads, as SPS does.' },
        users: {
          type: 'object',
          required: [],
          propertyNames: { pattern: '^(?!admin$)[^:]+$' },
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            required: ['passwordFile', 'privileges'],
            properties: {
              passwordFile: { ...file, description: 'File with the password: a path relative to this file.' },
              privileges: {
                type: 'array',
                items: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['path', 'access'],
                  properties: {
                    path: {
                      type: 'string',
                      pattern: '^/api(/.*)?$',
                      description: 'It covers this path and all below.',
                    },
                    access: { enum: ['read', 'write'], description: 'read: GET; write: everything.' },
                  },
                },
              },
            },
          },
          description: 'Users besides admin.',
        },
      } satisfies Record<keyof NonNullable<WrittenSettings['serve']>, object>,
      description: 'How `plugin-host serve` runs; its options win.',
    },
  } satisfies Record<KeyOf<'serve'>, object>,
};
