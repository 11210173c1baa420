const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const orNull = { type: ['string', 'null'] } as const;
const mapping = { type: 'object' } as const;
const flag = { type: 'boolean' } as const;

function object(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}

const list = (items: object): object => ({ type: 'array', items });

const facts = {
  origin: orNull,
  ended: orNull,
  gatewayUser: orNull,
  gatewayGroups: { type: ['array', 'null'], items: text },
  protocol: orNull,
  gateway: mapping,
};
const plugin = object({ name: text, version: text, type: text });
const cookie = object({ before: mapping, after: mapping });

const summary = {
  n: count,
  startedAt: text,
  plugin: object({ name: text, version: text, type: text, api: text, language: text, path: text }),
  hook: text,
  session: orNull,
  outcome: object({ kind: text, phase: text, durationMs: { type: 'number' }, truncated: flag }),
  verdict: orNull,
  deadline: object({ proxyTimeoutMs: count, pluginTimeoutMs: { type: 'number' } }),
  problems: list(object({ level: text, code: text, message: text, hint: text })),
  question: { type: ['object', 'null'] },
  answer: orNull,
};
const stepParts = { kwargs: mapping, cookie, sessionCookie: cookie, cut: object({ bytes: count }) };
const step = object({ ...summary, ...stepParts }, ['cut']);
const element = object(
  {
    name: text,
    ...facts,
    createdAt: text,
    steps: count,
    lastHook: orNull,
    lastAt: orNull,
    lastOutcome: orNull,
    lastVerdict: orNull,
    pluginNames: list(text),
    problem: orNull,
    verdict: orNull,
    plugins: list(plugin),
    durationMs: { type: 'number' },
    errors: count,
    slow: count,
  },
  ['gateway'],
);

/** JSON Schemas of the answers. */
export const schemas = {
  info: object({ version: text, api: count, stateDir: text, masked: flag, keep: count, sessions: count }),
  sessionList: object({ total: count, matched: count, sessions: list(element) }),
  session: object({ session: text, ...facts, steps: list(step) }, ['gateway']),
  stepList: object({
    total: count,
    matched: count,
    steps: list(object({ ...summary, ...stepParts }, Object.keys(stepParts))),
  }),
  step,
  input: object({
    kwargs: mapping,
    configuration: orNull,
    python: orNull,
    api: text,
    spsVersion: orNull,
    packagePath: orNull,
  }),
  replay: object({
    session: text,
    equal: flag,
    steps: list(
      object({ n: count, hook: text, equal: flag, differences: list(mapping), recorded: mapping, replayed: mapping }),
    ),
  }),
  ended: object({ session: text, steps: list(step) }),
  removed: object({ removed: text }),
  error: object({ error: object({ code: text, message: text, hint: text }) }),
} as const;
