import { type Problem, warning } from '../../base/problem.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import type { Masker } from '../../secrets/masker.ts';
import { fetchesCredentials } from '../plugin/find-hook.ts';
import { maskWord } from '../plugin/mask-word.ts';
import { createPluginMasker, isAllSecret } from '../plugin/plugin-secrets.ts';
import { joinLog, type Secrets } from './call-hook.ts';
import { type CallRecord, mapRecordData } from './call-record.ts';

/** A record as it may be shown. The log comes from its lines, which were masked before they were cut. */
export function maskRecord(record: CallRecord, secrets: Secrets, logLines: readonly LogLine[]): CallRecord {
  const masker = maskerOf(secrets);
  const failures = masker.failures();
  const masked = mapRecordData(
    record,
    (text) => masker.text(text),
    (value) => masker.json(value),
  );
  const log = joinLog(maskLog(logLines, secrets));
  const isReplySecret = masked.outcome.kind === 'malformed' && fetchesCredentials(record.hook);
  const outcome = { ...masked.outcome, log, ...(isReplySecret ? { reply: maskWord } : {}) };
  const isHidden = isAllSecret(secrets.names) || masker.failures() > failures;
  return { ...masked, outcome, problems: isHidden ? [...masked.problems, maskingFailed()] : masked.problems };
}

function maskingFailed(): Problem {
  return warning(
    'MASKING_FAILED',
    'not everything in this call could be searched for secrets; what may contain them is hidden completely',
    'The call itself is valid. --show-secrets shows everything.',
  );
}

const maskers = new WeakMap<Secrets, Masker>();

/** Steps that are shown together share one masker: making it takes time. */
function maskerOf(secrets: Secrets): Masker {
  const known = maskers.get(secrets);
  if (known !== undefined) return known;
  const made = createPluginMasker(secrets.values, secrets.names);
  maskers.set(secrets, made);
  return made;
}

/** Lines of a log without what became known as secret after they were written. */
export function maskLog(logLines: readonly LogLine[], secrets: Secrets): LogLine[] {
  const masker = maskerOf(secrets);
  return logLines.map(({ atMs, text }) => ({ atMs, text: masker.text(text) }));
}
