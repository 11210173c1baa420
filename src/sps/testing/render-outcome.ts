import { indent } from '../../base/indent.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import type { CallRecord } from '../call/call-record.ts';
import { describePlace, describeStack } from '../outcome/describe-place.ts';

const longLength = 4000;

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
