import { isJsonObject } from '../../base/json.ts';

/** What a stored value must be: a value that passes a test, a mapping with these members and any others, or a list of one shape. */
type Shape = ((value: unknown) => boolean) | { readonly [member: string]: Shape } | readonly [Shape];

const text: Shape = (value) => typeof value === 'string';
const time: Shape = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
/** JSON of a mapping. */
const mappingText: Shape = (value) => {
  try {
    return isJsonObject(JSON.parse(String(value)));
  } catch {
    return false;
  }
};
const number: Shape = (value) => typeof value === 'number';
const optional =
  (shape: Shape): Shape =>
  (value) =>
    value == null || findMisfit(value, shape, '') === undefined;
const mapping: Shape = isJsonObject;
const oneOf =
  (...values: unknown[]): Shape =>
  (value) =>
    values.includes(value);
const change: Shape = { before: mapping, after: mapping };

/** Of what every call reads. */
export const secretsShape: Shape = { values: [text], names: [text] };
export const textsShape: Shape = [text];
export const mappingShape = mapping;

const outcomes: Record<string, Record<string, Shape>> = {
  returned: { value: (value) => value !== undefined },
  raised: { exception: text, message: text, traceback: text },
  'timed-out': { pluginTimeoutMs: number },
  crashed: { exitCode: optional(number), signal: optional(text) },
  malformed: { problem: text, reply: text },
};

/** Of a step that is shown, compared or called again. */
export const stepShape: Shape = {
  startedAt: time,
  record: {
    plugin: { name: text, version: text, type: oneOf('aa', 'credentialstore'), api: text, language: text, path: text },
    hook: text,
    session: optional(text),
    kwargs: mapping,
    outcome: (value) => {
      const { kind } = value as { kind?: string };
      const own = Object.hasOwn(outcomes, kind ?? '') ? outcomes[kind ?? ''] : undefined;
      return (
        own !== undefined && findMisfit(value, { phase: text, durationMs: number, log: text, ...own }, '') === undefined
      );
    },
    verdict: optional(text),
    cookie: change,
    sessionCookie: change,
    deadline: { proxyTimeoutMs: number, pluginTimeoutMs: number },
    problems: [{ level: text, code: text, message: text, hint: text }],
  },
  logLines: [{ atMs: optional(number), text }],
  secrets: secretsShape,
  input: optional({
    kwargs: mapping,
    cookies: { cookie: mappingText, session_cookie: mappingText },
    configuration: optional(text),
    python: text,
    api: text,
    spsVersion: text,
  }),
};

/** The first member of a value that does not have its shape, such as `record.outcome`; undefined when all do. */
export function findMisfit(value: unknown, shape: Shape, name: string): string | undefined {
  if (typeof shape === 'function') return shape(value) ? undefined : name;
  if (isList(shape)) {
    if (!Array.isArray(value)) return name;
    return findFirst(value, (item: unknown, index) => findMisfit(item, shape[0], `${name}.${index}`));
  }
  if (!isJsonObject(value)) return name;
  const prefix = name === '' ? '' : `${name}.`;
  return findFirst(Object.entries(shape), ([key, own]) => findMisfit(value[key], own, prefix + key));
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function findFirst<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
