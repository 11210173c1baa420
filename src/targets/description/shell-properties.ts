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

/** What `ssh:` and `telnet:` have in common. */
export const shellProperties = {
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
