/** A step, as it may be shown. */
export interface CopiedStep {
  hook: string;
  plugin: { name: string };
  /** All arguments, without the cookies. */
  kwargs: object;
  verdict: string | null;
  outcome: { kind: string; value?: unknown; exception?: string };
  cookie: { before: object; after: object };
  sessionCookie: { before: object; after: object };
}

/** Stands in the place of a secret. */
const mask = '***';

/**
 * A case of a `*.plugin-test.yaml`, as an element of `cases:`: the calls with their arguments, and what came of them. What is masked is left
 * out, because nobody could expect it; a comment names what a call lacks for it.
 */
export function renderCase(name: string, steps: readonly CopiedStep[]): string {
  const [only, ...others] = steps;
  const lines = [`- name: ${JSON.stringify(name)}`];
  if (only !== undefined && others.length === 0) lines.push(...indent(linesOfStep(only)));
  else {
    lines.push('  steps:');
    for (const step of steps) {
      const [first = '', ...rest] = linesOfStep(step);
      lines.push(`    - ${first}`, ...rest.map((line) => `      ${line}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

export interface CopiedFile {
  /** Path from the folder of the file. */
  plugin: string;
  /** Undefined: the plugin's own is meant. Null: another one, which may not be shown. */
  configuration?: string | null | undefined;
}

/** A whole `*.plugin-test.yaml` with one case. */
export function renderTestFile(
  name: string,
  { plugin, configuration }: CopiedFile,
  steps: readonly CopiedStep[],
): string {
  const lines = renderCase(name, steps).trimEnd().split('\n');
  const config =
    configuration === null
      ? ['# Recorded with another configuration than the plugin has now. Put it here, as config: or configFile:']
      : field('config', configuration);
  return [`plugin: ${JSON.stringify(plugin)}`, ...config, 'cases:', ...indent(lines), ''].join('\n');
}

/** Name for the case of one step. */
export function nameOfCase({ hook, plugin, verdict, outcome }: CopiedStep): string {
  return `${hook} of ${plugin.name}: ${verdict ?? outcome.kind}`;
}

/** Where a call lacks what is masked, such as `kwargs.key_value_pairs.otp`: it has to be put back before the call can do the same. */
export function findMasked({ kwargs, cookie, sessionCookie }: CopiedStep): string[] {
  return pathsOfMasked({ kwargs, cookie: cookie.before, sessionCookie: sessionCookie.before });
}

function pathsOfMasked(value: unknown): string[] {
  if (!isMapping(value)) return withoutMasked(value) === undefined ? [''] : [];
  return Object.entries(value).flatMap(([key, each]) =>
    pathsOfMasked(each).map((rest) => (rest === '' ? nameOf(key) : `${nameOf(key)}.${rest}`)),
  );
}

/** A name that could be taken for more than one stands in quotes. */
function nameOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function linesOfStep(step: CopiedStep): string[] {
  const { hook, kwargs, verdict, outcome, cookie, sessionCookie } = step;
  const { session_id: _id, ...given } = kwargs as Record<string, unknown>;
  return [
    `hook: ${hook}`,
    ...findMasked(step).map((place) => `# Masked, put it back: ${place}`),
    ...field('kwargs', given),
    ...field('cookie', cookie.before),
    ...field('sessionCookie', sessionCookie.before),
    'expect:',
    ...indent([
      `outcome: ${outcome.kind}`,
      ...(verdict === null ? [] : [`verdict: ${verdict}`]),
      ...(outcome.kind === 'raised' && outcome.exception !== undefined ? field('exception', outcome.exception) : []),
      ...(outcome.kind === 'returned' ? field('value', withoutCookies(outcome.value)) : []),
      ...field('cookie', cookie.after),
      ...field('sessionCookie', sessionCookie.after),
    ]),
  ];
}

/** They are expected apart, as the appliance keeps them. */
function withoutCookies(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const { cookie, session_cookie, verdict, ...rest } = value;
  return rest;
}

/** JSON is YAML. Nothing, where all of it is masked. */
function field(name: string, value: unknown): string[] {
  const kept = withoutMasked(value);
  if (kept === undefined || (isMapping(kept) && Object.keys(kept).length === 0)) return [];
  return [`${name}: ${JSON.stringify(kept)}`];
}

function withoutMasked(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(mask) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(withoutMasked);
    return items.includes(undefined) ? undefined : items;
  }
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, withoutMasked(each)]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
