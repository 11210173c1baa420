import { diffJson } from '../../../base/diff-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { CallRecord, CookieChange } from '../../../sps/call/call-record.ts';
import type { LocatedInTime } from '../../../sps/invocation/exchange.ts';
import type { Outcome } from '../../../sps/outcome/outcome.ts';
import { sanitize } from '../../terminal/sanitize.ts';

/** `+ key: value` added, `- key` removed, `~ key: old → new` changed. */
export function renderChange({ before, after }: CookieChange): string {
  const changes = diffJson(before, after).flatMap(({ path, before: old, after: now }) => {
    if (old === undefined) return [`+ ${path}: ${short(now)}`];
    if (now === undefined) return [`- ${path}`];
    if (isText(old) && isText(now)) return [`~ ${path}`, ...diffLines(old, now)];
    return [`~ ${path}: ${short(old)} → ${short(now)}`];
  });
  return changes.map(sanitize).join('\n');
}

function short(value: Json | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

/** Of several lines. */
function isText(value: Json): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** The lines between what both begin with and what both end with. */
function diffLines(old: string, now: string): string[] {
  const [before, after] = [old.trimEnd().split('\n'), now.trimEnd().split('\n')];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const between = (lines: readonly string[], sign: string): string[] =>
    lines.slice(head, lines.length - tail).map((line) => `  ${sign} ${line}`);
  return [...between(before, '-'), ...between(after, '+')];
}

/** What differs from the call before, besides the time it took. */
export function renderProgress(before: CallRecord, after: CallRecord): string {
  const [old, now] = [comparable(before), comparable(after)];
  for (const each of [old, now]) if (each['value'] === null) delete each['value'];
  // A first traceback stands above, as the result.
  if (old['traceback'] === undefined) delete now['traceback'];
  else if (now['traceback'] === undefined) delete old['traceback'];
  return renderChange({ before: old, after: now }) || 'nothing differs';
}

/** Everything once: the verdict and the cookies of a reply are those of the record. */
function comparable({ verdict, outcome, cookie, sessionCookie, problems }: CallRecord): JsonObject {
  const { durationMs, stack, otherStacks, ...others }: Outcome & LocatedInTime = outcome;
  const codes = problems.map(({ code }) => code);
  const parts = { verdict, ...others, cookie: cookie.after, sessionCookie: sessionCookie.after, problems: codes };
  if (others.kind !== 'returned' || !isJsonObject(others.value)) return parts;
  const { verdict: _verdict, cookie: _cookie, session_cookie: _sessionCookie, ...value } = others.value;
  return { ...parts, value: Object.keys(value).length === 0 ? null : value };
}
