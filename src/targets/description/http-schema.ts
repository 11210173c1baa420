const text = { type: 'string' } as const;
const state = { type: 'string', minLength: 1 } as const;
const matchers = { $ref: '#/definitions/matchers' } as const;
const textOrNumber = { type: ['string', 'number', 'boolean'] } as const;
const status = { type: 'integer', minimum: 200, maximum: 599 } as const;

const answerProperties = {
  status: { ...status, description: 'Default: 200, with redirect 302.' },
  headers: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'array'], items: text },
    description: 'A list gives several lines.',
  },
  json: { description: 'Body: any value, written as JSON.' },
  text: { ...text, description: 'Body: plain text.' },
  html: { ...text, description: 'Body: a page.' },
  form: { type: 'object', additionalProperties: textOrNumber, description: 'Body: fields, form-encoded.' },
  file: { ...text, minLength: 1, description: 'Body: a file, relative to this one.' },
  cookies: {
    type: 'object',
    additionalProperties: text,
    description: 'Set for the whole host; attributes may follow the value.',
  },
  redirect: { ...text, minLength: 1, description: 'Sends the client there, with status 302.' },
  delay: { $ref: '#/definitions/duration' },
  abort: {
    enum: ['connect', 'headers', 'body'],
    description: 'Breaks the connection before the answer, within its headers or within its body.',
  },
  then: { ...state, description: 'State of the target afterwards.' },
} as const;

const answer = {
  type: ['integer', 'object'],
  minimum: status.minimum,
  maximum: status.maximum,
  additionalProperties: false,
  properties: answerProperties,
} as const;

const route = {
  type: 'object',
  additionalProperties: false,
  description: 'What it asks for, and the answer to that.',
  properties: {
    method: { ...text, pattern: '^[A-Za-z]+$', description: 'Such as GET. Default: any.' },
    path: {
      ...text,
      pattern: '^[/*][^?#]*$',
      description:
        'Begins with /; * is one segment, ** at the end the rest. What follows a question mark belongs under query.',
    },
    query: matchers,
    headers: matchers,
    cookies: matchers,
    json: { description: 'Keys that the body must have, or its whole value; any text may be a matcher.' },
    form: matchers,
    body: { $ref: '#/definitions/textMatcher' },
    basic: { ...text, pattern: ':', description: 'The credentials as user:password.' },
    bearer: { ...text, minLength: 1, description: 'Token of the Authorization header.' },
    digest: {
      type: 'object',
      additionalProperties: false,
      required: ['user', 'password'],
      properties: { user: text, password: text },
      description: 'The credentials as {user: NAME, password: PASSWORD}.',
    },
    when: { ...state, description: 'State of the target in which the route answers; the first one is start.' },
    times: { type: 'integer', minimum: 1, description: 'How often the route answers.' },
    answer: {
      ...answer,
      type: ['integer', 'object', 'array'],
      minItems: 1,
      items: answer,
      description: 'A status, a mapping, or a list of them that is used up in order; the last stays.',
    },
  },
} as const;

/** JSON Schema of `http:`. */
export const httpSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Answers HTTP, with TLS as the client begins.',
  properties: {
    tls: {
      enum: ['trusted', 'untrusted', 'expired', 'wrong-name', 'none'],
      description: 'Kind of certificate. Default: trusted TLS or none, as the client begins.',
    },
    routes: { type: 'array', items: route, description: 'The first that matches answers.' },
    unmatched: { const: 'allowed', description: 'A request that no route answers is no failure.' },
  },
} as const;
