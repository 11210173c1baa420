import { indent } from '../../../base/indent.ts';
import { isJsonObject, type Json } from '../../../base/json.ts';
import { renderDuration } from '../../../base/parse-duration.ts';
import type { Problem } from '../../../base/problem.ts';
import type { LogLine } from '../../../process/output/log-collector.ts';
import type { CallRecord } from '../../../sps/call/call-record.ts';
import { describeNextStep } from '../../../sps/outcome/describe-next-step.ts';
import { describePlace, describeStack } from '../../../sps/outcome/describe-place.ts';
import type { Outcome } from '../../../sps/outcome/outcome.ts';
import { findHook } from '../../../sps/plugin/find-hook.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { levelColours } from '../../terminal/level-colours.ts';
import { renderSection } from '../../terminal/render-section.ts';
import { sanitize, sanitizeLines } from '../../terminal/sanitize.ts';
import { renderChange, renderProgress } from './render-change.ts';

const shownLength = 4000;

export interface Circumstances {
  logLines: readonly LogLine[];
  /** The call before, when the plugin is watched. */
  previous?: CallRecord | undefined;
  /** How its question is answered. */
  answering?: string | undefined;
}

/** One call for people: verdict or outcome, result, cookies, log, time, warnings. */
export function renderCall(
  record: CallRecord,
  { logLines, previous, answering }: Circumstances,
  { paint }: { paint: Paint },
): string {
  const { plugin, hook, outcome, verdict, deadline } = record;
  const called = findHook(plugin.type, hook);
  const isEndless = record.problems.some(({ code }) => code === 'DEADLINE_OFF');
  const allowed = isEndless ? 'without a deadline' : `of ${renderDuration(deadline.pluginTimeoutMs)}`;
  const time = `${renderDuration(outcome.durationMs)} ${allowed}`;
  const head = `${paintVerdict(outcome, verdict, paint)}  ${hook} of ${plugin.name} ${plugin.version}  ${paint('dim', time)}`;
  return [
    head,
    ...(called === undefined ? [] : [indent(sanitize(describeNextStep(called, outcome, verdict)))]),
    ...(answering === undefined ? [] : [indent(sanitize(answering))]),
    ...renderSection('result', sanitizeLines(renderOutcome(outcome)), paint),
    ...renderSection('stack', sanitizeLines(describeStack(outcome).join('\n')), paint),
    ...renderSection('cookie', renderChange(record.cookie), paint),
    ...renderSection('session cookie', renderChange(record.sessionCookie), paint),
    ...renderSection('log', sanitizeLines(renderLog(logLines)), paint),
    ...renderSection('problems', renderProblems(record.problems, paint), paint),
    ...(previous === undefined ? [] : renderSection('since the last call', renderProgress(previous, record), paint)),
  ].join('\n');
}

function paintVerdict({ kind }: Outcome, verdict: string | null, paint: Paint): string {
  if (kind !== 'returned') return paint('red', kind);
  if (verdict === 'DENY') return paint('yellow', verdict);
  return paint(verdict === 'NEEDINFO' ? 'cyan' : 'green', verdict ?? kind);
}

function renderOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return shorten(renderJson(withoutCookies(outcome.value)));
    case 'raised':
      return `${outcome.traceback}\n(${describePlace(outcome)})`;
    case 'timed-out': {
      const how = outcome.forced ? 'it ignored the polite signal and was killed' : 'it ended at the polite signal';
      return `over its ${renderDuration(outcome.pluginTimeoutMs)}, half of the proxy timeout; ${how} (${describePlace(outcome)})`;
    }
    case 'crashed':
      return `${outcome.signal === null ? `exit code ${String(outcome.exitCode)}` : `ended by ${outcome.signal}`} before a reply (${describePlace(outcome)})`;
    case 'malformed':
      return `${outcome.problem}\n${shorten(outcome.reply)}`;
  }
}

/** They have sections of their own. */
function withoutCookies(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const { cookie, session_cookie, ...others } = value;
  return others;
}

/** Short values on one line, longer ones over several. */
export function renderJson(value: Json): string {
  const short = JSON.stringify(value);
  return short.length <= 100 ? short : JSON.stringify(value, undefined, 2);
}

function shorten(text: string): string {
  return text.length <= shownLength
    ? text
    : `${text.slice(0, shownLength)} [… ${text.length - shownLength} characters more; --json has all]`;
}

function renderLog(lines: readonly LogLine[]): string {
  return lines.map(({ atMs, text }) => `${atMs === null ? '' : `${(atMs / 1000).toFixed(3)}  `}${text}`).join('\n');
}

export function renderProblems(problems: readonly Omit<Problem, 'file' | 'line'>[], paint: Paint): string {
  return problems
    .map(
      ({ level, code, message, hint }) =>
        `${paint(levelColours[level], level)} ${code}  ${sanitizeLines(`${message}\n  ${hint}`)}`,
    )
    .join('\n');
}
