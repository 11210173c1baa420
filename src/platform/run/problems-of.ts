import type { ProblemCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import type { RunRecord } from '../engine/run-record.ts';
import type { Script } from '../script/script.ts';

const hints: Partial<Record<string, string>> = {
  E13: 'Make it before it is used.',
  L02: 'Write the name that the appliance knows.',
  L16: 'See `plugin-host platform statuses`.',
  L25: 'The appliance may see it otherwise; write it so that it needs no goodwill.',
  L27: 'Give each header once.',
  L31: 'Escape what has a meaning in regular expressions.',
  DEADLINE_OFF: 'Run it without --break to see whether it ends in time.',
  HOST_KEY_ACCEPTED: 'Give it as HostKey from now on, once you are sure that it is the right host.',
};

/** What was doubtful in a run, in the order in which it turned up. */
export function problemsOf({ warnings }: RunRecord, { lines }: Pick<Script, 'lines'>, file: string): Problem[] {
  return Array.from(warnings.values(), ({ code, message, path, offset }) => ({
    level: 'warning',
    code: code as ProblemCode,
    message,
    hint: hints[code] ?? 'See what the message names.',
    file,
    ...(offset !== undefined && lines.placeOf(offset)),
    path,
  }));
}
