import type { Reply } from '../../state/redis/redis-link.ts';
import type { StoredStep } from '../store/session-content.ts';
import type { Row, StepRow } from '../store/session-format.ts';
import type { CookieRow, SessionRows } from '../store/session-rows.ts';

/** Steps were asked for that were not fetched. */
export class NotFetched extends Error {}

/** What a server returned of a session. */
export interface Fetched {
  row: Readonly<Record<string, string>>;
  cookies: Readonly<Record<string, string>>;
  /** Those after `known`. */
  steps: readonly string[];
  /** Of each step. */
  secrets: readonly string[];
  /** How many steps there are. */
  count: number;
  known: number;
}

/** Parts of a step as it is kept. JSON texts have no line breaks. */
const partBreak = '\n';

/** A step as one text. Its secrets are kept apart from it: each call reads those of all steps. */
export function textOfStep({ startedAt, record, logLines, input }: Omit<StoredStep, 'n' | 'secrets'>): string {
  return [startedAt, ...[record, logLines, input].map((each) => JSON.stringify(each))].join(partBreak);
}

/** Of a session in Redis. */
export class RedisRows implements SessionRows {
  readonly #fetched: Fetched;

  constructor(fetched: Fetched) {
    this.#fetched = fetched;
  }

  session(): Row {
    const { row } = this.#fetched;
    const { created_at = '', session_cookie = '', answers = '', secret_answers = '', masked } = row;
    return { ...row, created_at, session_cookie, answers, secret_answers, masked: Number(masked ?? 0) };
  }

  cookies(): CookieRow[] {
    const entries = Object.entries(this.#fetched.cookies).map(([plugin, cookie]) => ({ plugin, cookie }));
    return entries.sort((one, other) => (one.plugin < other.plugin ? -1 : 1));
  }

  steps(after: number): StepRow[] {
    const { steps, known } = this.#fetched;
    if (after < known) throw new NotFetched();
    return steps.slice(after - known).map((text, index) => this.#rowOf(text, after + index + 1));
  }

  #rowOf(text: string, n: number): StepRow {
    const [started_at = '', record = '', log_lines = '', input = ''] = text.split(partBreak);
    return { n, started_at, record, log_lines, input, secrets: this.#fetched.secrets[n - 1] ?? '' };
  }

  secrets(): string[] {
    return [...this.#fetched.secrets];
  }

  count(): number {
    return this.#fetched.count;
  }

  lastStep(): StepRow | undefined {
    const { steps, count } = this.#fetched;
    const last = steps.at(-1);
    if (last === undefined && count > 0) throw new NotFetched();
    return last === undefined ? undefined : this.#rowOf(last, count);
  }
}

/** Reads what `fetch` of the scripts returns; undefined of no session. */
export function readFetched(reply: Reply): Fetched | undefined {
  if (!Array.isArray(reply)) return undefined;
  const [row = null, cookies = null, steps = null, secrets = null, count = null] = reply;
  const fetched = textsOf(steps);
  return {
    row: mappingOf(row),
    cookies: mappingOf(cookies),
    steps: fetched,
    secrets: textsOf(secrets),
    count: Number(count),
    known: Number(count) - fetched.length,
  };
}

/** A mapping comes as a list of names and values. */
function mappingOf(reply: Reply): Record<string, string> {
  const texts = textsOf(reply);
  return Object.fromEntries(
    texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : [])),
  );
}

export function textsOf(reply: Reply): string[] {
  return Array.isArray(reply) ? reply.map(String) : [];
}
