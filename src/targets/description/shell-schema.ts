const text = { type: 'string' } as const;
const duration = { $ref: '#/definitions/duration' } as const;
const dialogue = { $ref: '#/definitions/dialogue' } as const;
const matcher = { $ref: '#/definitions/textMatcher' } as const;
const state = { type: 'string', minLength: 1 } as const;

const answerProperties = {
  output: { ...text, description: 'Standard output, as it is.' },
  stderr: { ...text, description: 'Standard error; in a shell it joins the output.' },
  exit: { type: 'integer', minimum: 0, maximum: 255, description: 'Default: 0.' },
  delay: duration,
  then: { ...state, description: 'State of the target afterwards.' },
  signal: {
    ...text,
    pattern: '^[A-Z][A-Z0-9]+$',
    description: 'Signal that ends the command, without SIG, such as KILL.',
  },
  disconnect: { const: true, description: 'Closes the connection.' },
  hang: { const: true, description: 'Never ends.' },
  dialogue,
} as const;

const command = {
  type: 'object',
  additionalProperties: false,
  required: ['command'],
  properties: {
    command: { ...matcher, description: 'The line, blanks at its ends aside.' },
    stdin: { type: 'array', items: matcher, description: 'Lines of its input; in a shell those that follow.' },
    when: { ...state, description: 'State of the target in which the command answers; the first one is start.' },
    times: { type: 'integer', minimum: 1, description: 'How often the command answers.' },
    ...answerProperties,
    answers: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', additionalProperties: false, properties: answerProperties },
      description: 'Used up in order; the last stays.',
    },
  },
} as const;

const shellProperties = {
  motd: { ...text, description: 'Sent before the first prompt.' },
  prompt: { ...text, description: 'Default: "$ ".' },
  echo: {
    type: 'boolean',
    description: 'Whether a terminal shows what is typed; a line with stty -echo ends it. Default: true.',
  },
  commands: { type: 'array', items: command, description: 'The first that matches answers.' },
  delay: {
    ...duration,
    description: 'Before the greeting, and before each command is answered that has none of its own.',
  },
  refuse: { const: true, description: 'Nobody listens.' },
  unmatched: { const: 'allowed', description: 'A line that no command answers is no failure.' },
} as const;

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

/** JSON Schema of `telnet:`. */
export const telnetSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Answers Telnet: a dialogue to log in, then a shell.',
  properties: { login: { ...dialogue, description: 'Played before the prompt.' }, ...shellProperties },
} as const;
