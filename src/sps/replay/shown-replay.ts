import type { CallRecord } from '../call/call-record.ts';
import { maskRecord } from '../call/mask-record.ts';
import type { StoredStep } from '../store/session-content.ts';
import { type RecordDifference, showDifferences } from './compare-records.ts';
import type { Replay } from './replay-step.ts';

/** A step that was called again, as it may be shown. Source: product contract, `session replay`. */
export interface ShownReplay {
  /** Number of the step. */
  n: number;
  hook: string;
  /** Whether the call went as recorded. */
  equal: boolean;
  differences: RecordDifference[];
  recorded: CallRecord;
  replayed: CallRecord;
}

/** @param secrets Of the session and of all replays */
export function toShownReplay(
  { step, result, differences }: Replay,
  secrets: StoredStep['secrets'],
  { showSecrets = false }: { showSecrets?: boolean | undefined },
): ShownReplay {
  const { n, record, logLines } = step;
  return {
    n,
    hook: record.hook,
    equal: differences.length === 0,
    differences: showDifferences(differences, record.hook, showSecrets ? undefined : secrets),
    recorded: showSecrets ? record : maskRecord(record, secrets, logLines),
    replayed: showSecrets ? result.record : maskRecord(result.record, secrets, result.logLines),
  };
}
