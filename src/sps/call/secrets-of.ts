import { collectPluginSecrets } from '../plugin/plugin-secrets.ts';
import type { CallResult, Secrets } from './call-hook.ts';
import type { CallRecord } from './call-record.ts';

const results = new WeakMap<CallRecord, Pick<CallResult, 'secrets'>>();

/** For a record that a program gets in clear: what must not be shown of it is found when somebody asks. */
export function withSecretsOf(record: CallRecord, result: Pick<CallResult, 'secrets'>): CallRecord {
  results.set(record, result);
  return record;
}

/** What must not be shown of a record. Of one that comes from elsewhere, as from a file, it is what stands in the places of secrets. */
export function secretsOf(record: CallRecord): Secrets {
  const { kwargs, outcome, cookie, sessionCookie } = record;
  return (
    results.get(record)?.secrets ??
    collectPluginSecrets({
      kwargs,
      result: outcome.kind === 'returned' ? outcome.value : null,
      cookies: [cookie.after, sessionCookie.after],
    })
  );
}
