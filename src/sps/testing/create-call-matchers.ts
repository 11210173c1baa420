import { indent } from '../../base/indent.ts';
import type { JsonInputObject } from '../../base/json-input.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { compareValue } from '../../testing/compare-value.ts';
import type { CallRecord } from '../call/call-record.ts';
import { maskRecord } from '../call/mask-record.ts';
import { secretsOf } from '../call/secrets-of.ts';
import { describePlace, describeStack } from '../outcome/describe-place.ts';
import { maskWord } from '../plugin/mask-word.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';

export interface MatcherResult {
  pass: boolean;
  message: () => string;
  expected?: unknown;
  actual?: unknown;
}

interface Check {
  pass: boolean;
  /** What the call should do, after "expected … to". */
  wanted: string;
  expected?: unknown;
  actual?: unknown;
  /** What of it is secret whatever the call did. */
  secrets?: readonly string[];
}

/** What a test runner's `expect` can be extended with; each takes the record of a call. Secrets are masked in what a failure shows, unless `showSecrets`. */
export function createCallMatchers(showSecrets: boolean) {
  const judge = (received: unknown, matcher: string, check: (record: CallRecord) => Check): MatcherResult =>
    judgeRecord(received, matcher, check, showSecrets);
  return {
    toAccept: (received: unknown) => judge(received, 'toAccept', (record) => checkVerdict(record, 'ACCEPT', 'accept')),
    toDeny: (received: unknown) => judge(received, 'toDeny', (record) => checkVerdict(record, 'DENY', 'deny')),
    toAskFor: (received: unknown, key: string) =>
      judge(received, 'toAskFor', (record) => {
        const asked = record.verdict === 'NEEDINFO' ? questionOf(record) : undefined;
        return { pass: asked === key, wanted: `ask for ${JSON.stringify(key)}`, expected: key, actual: asked };
      }),
    toReturnPasswords: (received: unknown, passwords: readonly string[]) =>
      judge(received, 'toReturnPasswords', (record) => {
        const actual = valueOf(record)['passwords'] ?? (record.outcome.kind === 'returned' ? [] : undefined);
        const pass = compareValue({ equals: [...passwords] }, actual).length === 0;
        const wanted = `return the passwords ${JSON.stringify(passwords)}`;
        return { pass, wanted, expected: passwords, actual, secrets: passwords };
      }),
    toTimeOut: (received: unknown) =>
      judge(received, 'toTimeOut', ({ outcome }) => ({ pass: outcome.kind === 'timed-out', wanted: 'time out' })),
    toRaise: (received: unknown, exception?: string | RegExp) =>
      judge(received, 'toRaise', ({ outcome }) => {
        const raised = outcome.kind === 'raised' ? outcome : undefined;
        const pass =
          raised !== undefined &&
          (exception === undefined ||
            (typeof exception === 'string' ? raised.exception === exception : exception.test(raised.message)));
        return { pass, wanted: exception === undefined ? 'raise' : `raise ${String(exception)}` };
      }),
    toSetCookie: (received: unknown, cookie: JsonInputObject) =>
      judge(received, 'toSetCookie', ({ cookie: { after } }) => {
        const pass = compareValue(cookie as JsonObject, after).length === 0;
        return { pass, wanted: `leave a cookie with ${JSON.stringify(cookie)}`, expected: cookie, actual: after };
      }),
  };
}

function judgeRecord(
  received: unknown,
  matcher: string,
  check: (record: CallRecord) => Check,
  showSecrets: boolean,
): MatcherResult {
  if (!isRecord(received)) {
    throw new TypeError(
      `${matcher} is for the record of a call, got ${describe(received)}; write expect(await plugin.call(…)).${matcher}(…)`,
    );
  }
  const checked = check(received);
  const { pass, wanted } = checked;
  // Made when it is asked for: most checks pass, and show nothing.
  let made: Showing | undefined;
  const showing = (): Showing => (made ??= showSecrets ? inClear : maskingOf(received, checked.secrets ?? []));
  const asked = `expected ${received.hook} of ${received.plugin.name} ${pass ? 'not ' : ''}to`;
  return {
    pass,
    message: () => {
      const show = showing();
      const message = `${asked} ${show.text(wanted)}; it ${tell(show.record(received))}`;
      const isMasked = !showSecrets && message.includes(maskWord);
      return isMasked ? `${message}\n${maskWord} is masked; PLUGIN_HOST_SHOW_SECRETS=1 shows it` : message;
    },
    ...('expected' in checked && {
      expected: showing().json(checked.expected),
      actual: showing().json(checked.actual),
    }),
  };
}

interface Showing {
  text: (text: string) => string;
  json: (value: unknown) => unknown;
  record: (record: CallRecord) => CallRecord;
}

const inClear: Showing = { text: (text) => text, json: (value) => value, record: (record) => record };

/** @param own What the test expects and would show. */
function maskingOf(record: CallRecord, own: readonly string[]): Showing {
  const known = secretsOf(record);
  const secrets = { ...known, values: [...known.values, ...own] };
  const masker = createPluginMasker(secrets.values, secrets.names);
  return {
    text: (text) => masker.text(text),
    json: (value) => (value === undefined ? undefined : masker.json(value as Json)),
    record: (shown) => maskRecord(shown, secrets, [{ atMs: 0, text: shown.outcome.log.replace(/\n$/, '') }]),
  };
}

function isRecord(value: unknown): value is CallRecord {
  return typeof value === 'object' && value !== null && 'outcome' in value && 'hook' in value && 'verdict' in value;
}

function describe(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  return value === null ? 'null' : `a value of type ${typeof value}`;
}

function checkVerdict({ verdict }: CallRecord, expected: CallRecord['verdict'], wanted: string): Check {
  return { pass: verdict === expected, wanted };
}

function valueOf({ outcome }: CallRecord): JsonObject {
  return outcome.kind === 'returned' && isJsonObject(outcome.value) ? outcome.value : {};
}

function questionOf(record: CallRecord): Json | undefined {
  const question = valueOf(record)['question'];
  return Array.isArray(question) ? question[0] : undefined;
}

/** What the call did, and what it wrote. */
function tell(record: CallRecord): string {
  const { outcome, verdict, problems } = record;
  const log = outcome.log.trim() === '' ? [] : [`log:\n${indent(outcome.log.trimEnd())}`];
  const found = problems.map(({ code, message }) => `${code}: ${message}`);
  return [tellOutcome(record, outcome, verdict), ...found, ...log].join('\n');
}

function tellOutcome(record: CallRecord, outcome: CallRecord['outcome'], verdict: CallRecord['verdict']): string {
  switch (outcome.kind) {
    case 'returned':
      if (verdict === 'NEEDINFO') return `asked for ${JSON.stringify(questionOf(record) ?? null)}`;
      return verdict === null ? `returned ${JSON.stringify(outcome.value)}` : `returned ${verdict}`;
    case 'raised':
      return `raised ${outcome.exception}: ${outcome.message}\n${outcome.traceback.trimEnd()}`;
    case 'timed-out':
      return [
        `timed out after ${outcome.pluginTimeoutMs} ms (${describePlace(outcome)})`,
        ...describeStack(outcome),
      ].join('\n  ');
    case 'crashed':
      return `crashed (${outcome.signal ?? `exit code ${String(outcome.exitCode)}`}, ${describePlace(outcome)})`;
    case 'malformed':
      return `gave a malformed reply: ${outcome.problem}`;
  }
}
