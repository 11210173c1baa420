import type { KeyOf } from '../../project/project-keys.ts';

/** What plugin-host.yaml says of a gateway, as it is written there. */
export interface WrittenGateway {
  gateway?: {
    listen?: string;
    expose?: boolean;
    target?: string;
    allowTarget?: string[];
    gatewayPassword?: boolean;
    knownHosts?: string;
    targetHostKey?: 'strict' | 'accept-new';
    hostKey?: string;
    allowForwarding?: boolean | string[];
    record?: string;
    loginTimeout?: string;
    idleTimeout?: string;
    maxSessions?: number;
    explain?: boolean;
    log?: string;
  };
}

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const flag = { type: 'boolean' } as const;
const duration = { type: 'string', pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$' } as const;

/** JSON Schema of these keys. */
export const gatewaySettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    gateway: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        listen: { ...text, description: 'ADDRESS:PORT. Default 127.0.0.1:2222; port 0 takes a free one.' },
        expose: { ...flag, description: 'Listen on an address that others can reach.' },
        target: { ...text, description: 'HOST or HOST:PORT: every session goes there.' },
        allowTarget: { ...texts, description: 'Targets that a login name may choose: HOST or HOST:PORT.' },
        gatewayPassword: { ...flag, description: 'Ask for a password of the gateway first.' },
        knownHosts: { ...text, description: 'Trusted keys of targets: a path relative to this file.' },
        targetHostKey: { enum: ['strict', 'accept-new'], description: 'What becomes of an unknown key.' },
        hostKey: { ...text, description: "The gateway's own private key: a path relative to this file." },
        allowForwarding: {
          type: ['boolean', 'array'],
          items: text,
          description: 'Local forwarding: true, or patterns as in allowTarget.',
        },
        record: { ...text, description: 'Folder for recordings of terminals, relative to this file.' },
        loginTimeout: {
          ...duration,
          description: 'A duration such as 2m, for the login without the time of hooks. Default 2m.',
        },
        idleTimeout: {
          ...duration,
          description: 'A duration such as 30m: a session without any data ends. Default: never.',
        },
        maxSessions: { type: 'integer', minimum: 1, description: 'Connections at once. Default 100.' },
        explain: { ...flag, description: 'Tell the client what the log says of a failure.' },
        log: { ...text, description: 'A line of JSON for each event: a path relative to this file, or -.' },
      } satisfies Record<keyof NonNullable<WrittenGateway['gateway']>, object>,
      description: 'How `plugin-host gateway` runs; its options win.',
    },
  } satisfies Record<KeyOf<'gateway'>, object>,
};
