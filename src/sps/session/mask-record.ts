import type { LogLine } from '../../process/log-collector.ts';
import { mask } from '../../secrets.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import { joinLog, type Secrets } from './call-hook.ts';
import { type CallRecord, mapRecordData } from './call-record.ts';

/** Hooks whose whole result is secret: of a reply that is no JSON nobody can tell which part is the password. */
const credentialHooks = ['get_password_list', 'get_private_key_list', 'get_remote_app_credentials', 'get_totp_codes'];

export function isCredentialHook(hook: string): boolean {
  return credentialHooks.includes(hook);
}

/** A record as it may be shown. The log comes from its lines, which were masked before they were cut. */
export function maskRecord(record: CallRecord, { values, names }: Secrets, logLines: readonly LogLine[]): CallRecord {
  const masker = createPluginMasker(values, names);
  const masked = mapRecordData(
    record,
    (text) => masker.text(text),
    (value) => masker.json(value),
  );
  const log = joinLog(logLines.map(({ atMs, text }) => ({ atMs, text: masker.text(text) })));
  const { outcome } = masked;
  if (outcome.kind === 'malformed' && isCredentialHook(record.hook)) {
    return { ...masked, outcome: { ...outcome, log, reply: mask } };
  }
  return { ...masked, outcome: { ...outcome, log } };
}

/** Lines of a log without what became known as secret after they were written. */
export function maskLog(logLines: readonly LogLine[], { values, names }: Secrets): LogLine[] {
  const masker = createPluginMasker(values, names);
  return logLines.map(({ atMs, text }) => ({ atMs, text: masker.text(text) }));
}
