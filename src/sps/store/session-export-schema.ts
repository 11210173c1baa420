import { pluginTypes, type Verdict } from '../plugin/find-hook.ts';
import { origins } from './session-facts.ts';

/** Version of the format; one that older hosts cannot read gets a new number. */
export const exportVersion = 1;

export const exportFormat = 'plugin-host session';

const verdicts: readonly Verdict[] = ['ACCEPT', 'DENY', 'NEEDINFO', 'NONE'];
const text = { type: 'string' } as const;
const optionalText = { type: ['string', 'null'] } as const;
const texts = { type: 'array', items: text } as const;
const mapping = { type: 'object' } as const;
const flag = { type: 'boolean' } as const;
const count = { type: 'number', minimum: 0 } as const;
const time = {
  ...text,
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$',
  description: 'A time as 2026-01-01T00:00:00.000Z is expected.',
} as const;
const cookieText = {
  ...text,
  description: 'JSON text of a mapping, with every number and the order of keys as they were.',
};

function object(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

const stack = {
  type: 'array',
  items: object({ file: text, line: { type: 'integer' }, name: text }),
  description: 'Where the plugin was, the innermost last: files relative to the package, absolute outside of it.',
};

/** Members that are there when they are known. */
const optionalMembers = { stack, otherStacks: { type: 'array', items: stack }, waitsFor: texts };

const outcomeKinds: Record<string, Record<string, object>> = {
  returned: { value: {} },
  raised: { exception: text, message: text, traceback: text, stack },
  'timed-out': { pluginTimeoutMs: count, forced: flag, ...optionalMembers },
  crashed: { exitCode: { type: ['integer', 'null'] }, signal: optionalText, stack },
  malformed: { problem: text, reply: text },
};

const outcome = {
  type: 'object',
  required: ['kind', 'phase', 'durationMs', 'log', 'truncated'],
  properties: {
    kind: { ...text, enum: Object.keys(outcomeKinds) },
    phase: { ...text, enum: ['start', 'import', 'constructor', 'hook', 'reply'] },
    durationMs: count,
    log: text,
    truncated: flag,
  },
  allOf: Object.entries(outcomeKinds).map(([kind, properties]) => ({
    if: { type: 'object', required: ['kind'], properties: { kind: { const: kind } } },
    then: {
      type: 'object',
      required: Object.keys(properties).filter((name) => !Object.hasOwn(optionalMembers, name)),
      properties,
    },
  })),
};

const change = object({ before: mapping, after: mapping });

const record = object({
  plugin: object({
    name: text,
    version: text,
    type: { ...text, enum: [...pluginTypes] },
    api: text,
    language: { ...text, enum: ['python', 'typescript'] },
    path: text,
  }),
  hook: text,
  session: optionalText,
  kwargs: mapping,
  outcome,
  verdict: { type: ['string', 'null'], enum: [...verdicts, null] },
  cookie: change,
  sessionCookie: change,
  deadline: object({
    proxyTimeoutMs: { type: 'number', minimum: 1 },
    pluginTimeoutMs: { type: 'number', minimum: 0.5 },
  }),
  problems: {
    type: 'array',
    items: object(
      {
        level: { ...text, enum: ['error', 'warning'] },
        code: text,
        message: text,
        hint: text,
        file: text,
        line: { type: 'integer', minimum: 1 },
      },
      ['file', 'line'],
    ),
  },
});

const input = {
  ...object({
    kwargs: mapping,
    cookies: object({ cookie: cookieText, session_cookie: cookieText }),
    configuration: optionalText,
    python: text,
    api: { ...text, pattern: '^[0-9]+[.][0-9]+$' },
    spsVersion: { ...text, pattern: '^[0-9]+([.][0-9]+)*$' },
  }),
  type: ['object', 'null'],
};

const step = object({
  n: { type: 'integer', minimum: 1 },
  startedAt: time,
  record,
  logLines: { type: 'array', items: object({ atMs: { type: ['number', 'null'] }, text }) },
  secrets: object({ values: texts, names: texts }),
  input,
});

/**
 * What is known of the session as a whole. These are optional and came later: files without them have the same version, and every file of
 * version 1 stays one.
 */
const facts = {
  origin: { ...text, enum: [...origins], description: 'Who made it; an imported one says so of itself.' },
  ended: { ...text, description: 'How it ended.' },
  endedAt: time,
  gatewayUser: text,
  gatewayGroups: texts,
  protocol: text,
  gateway: { ...mapping, description: 'What a gateway knows of the connection.' },
};

/** JSON Schema of what `session export` writes, published as session-export.schema.json. */
export const sessionExportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Session exported by plugin-host',
  type: 'object',
  additionalProperties: false,
  required: [
    'format',
    'version',
    'name',
    'createdAt',
    'masked',
    'sessionCookie',
    'cookies',
    'answers',
    'secretAnswers',
    'steps',
  ],
  properties: {
    format: { ...text, enum: [exportFormat], description: 'What the file is.' },
    version: { type: 'integer', enum: [exportVersion], description: 'Of the format.' },
    name: {
      ...text,
      pattern: '^[A-Za-z0-9._-]{1,64}$',
      description: 'Of 1 to 64 ASCII letters, digits, dots, underscores and hyphens.',
    },
    createdAt: time,
    ...facts,
    masked: { ...flag, description: 'Whether *** stands for secrets, and configurations are left out.' },
    sessionCookie: cookieText,
    cookies: { type: 'object', additionalProperties: cookieText, description: 'By type and name of the plugin.' },
    answers: { type: 'object', additionalProperties: text, description: 'Answers so far, by key.' },
    secretAnswers: { ...texts, description: 'Keys whose answers were typed with echo off.' },
    steps: { type: 'array', items: step },
  },
} as const;
