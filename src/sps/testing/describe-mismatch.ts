import { indent } from '../../base/indent.ts';
import type { Json } from '../../base/json.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import type { CallRecord } from '../call/call-record.ts';
import { describePlace, describeStack } from '../outcome/describe-place.ts';

const shortLength = 60;
const longLength = 4000;

/** `value.passwords.0: expected "a", got "b"`; long values below each other. */
export function describeMismatch({ keys, expected, got, note }: Mismatch): string {
  const where = keys.join('.');
  // The log stands below.
  if (keys[0] === 'log') return `log: expected ${show(expected)}, got ${got === '' ? 'nothing' : 'another'}`;
  const values = [show(expected), show(got)] as const;
  const isLong = values.some((text) => text.length > shortLength);
  if (note !== undefined && (keys[0] === 'withinMs' || keys[0] === 'problems')) return `${where}: ${note}`;
  if (isLong) return `${where}: ${note ?? 'not as expected'}${renderDiff(expected, got)}`;
  return `${where}: expected ${values[0]}, got ${values[1]}`;
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** What is in both is not repeated for lists of texts and mappings: line by line, `-` expected, `+` got. */
function renderDiff(expected: Json | undefined, got: Json | undefined): string {
  const lines = (mark: string, value: Json | undefined): string =>
    (value === undefined ? 'nothing' : JSON.stringify(value, undefined, 2))
      .slice(0, longLength)
      .split('\n')
      .map((line) => `\n  ${mark} ${line}`)
      .join('');
  return `${lines('-', expected)}${lines('+', got)}`;
}

/** How the call ended and what it gave. */
export function renderOutcome({ outcome, verdict }: CallRecord): string[] {
  const time = `in ${renderDuration(outcome.durationMs)}`;
  const way = describeStack(outcome).map((line) => `  ${line}`);
  const cut = (text: string): string => (text.length <= longLength ? text : `${text.slice(0, longLength)}…`);
  switch (outcome.kind) {
    case 'returned':
      return [`${verdict ?? 'returned'} ${time}`, `  ${cut(JSON.stringify(outcome.value))}`];
    case 'raised':
      return [`raised ${time} (${describePlace(outcome)})`, indent(cut(outcome.traceback.trimEnd()))];
    case 'timed-out':
      return [`timed out after ${renderDuration(outcome.pluginTimeoutMs)} (${describePlace(outcome)})`, ...way];
    case 'crashed':
      return [
        `crashed ${time}: ${outcome.signal ?? `exit code ${String(outcome.exitCode)}`} (${describePlace(outcome)})`,
        ...way,
      ];
    case 'malformed':
      return [`malformed ${time}: ${outcome.problem}`, `  ${cut(outcome.reply)}`];
  }
}
