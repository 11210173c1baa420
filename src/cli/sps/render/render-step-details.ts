import { diffJson } from '../../../base/diff-json.ts';
import { isJsonObject, type JsonObject } from '../../../base/json.ts';
import { renderDuration } from '../../../base/parse-duration.ts';
import type { LogLine } from '../../../process/output/log-collector.ts';
import type { CookieChange } from '../../../sps/call/call-record.ts';
import { describePlace, describeStack } from '../../../sps/outcome/describe-place.ts';
import type { ShownStep } from '../../../sps/store/shown-step.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { levelColours } from '../../terminal/level-colours.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { cellsOf, cutCells, padCells, wrapCells } from '../../terminal/wrap-cells.ts';

interface Layout {
  /** Cells before each line. */
  indent: number;
  /** Cells of the whole line. */
  width: number;
  paint: Paint;
  /** Show what the SDK keeps for itself in a cookie too. */
  showsAll?: boolean | undefined;
  logLines: readonly LogLine[] | undefined;
}

interface Detail {
  label: string;
  colour?: 'red' | 'yellow' | 'dim';
  lines: string[];
}

const labelCells = 'session cookie'.length;
const gap = '  ';

/** What to say about a step besides its line in the timeline. */
export function renderStepDetails(
  step: ShownStep,
  { indent, width, paint, showsAll = false, logLines }: Layout,
): string[] {
  const body = width - indent - labelCells - gap.length;
  const text = (label: string, value: string, colour?: Detail['colour']): Detail => ({
    label,
    ...(colour === undefined ? {} : { colour }),
    lines: wrapCells(sanitize(value), body),
  });
  const details: Detail[] = [
    ...(step.question === null ? [] : [text('asked', renderQuestion(step.question))]),
    ...(step.question === null ? [] : [text('answer', step.answer === null ? 'none' : renderAnswer(step.answer))]),
    ...describeOutcome(step).map(([label, value]) => text(label, value)),
    ...describeChange('cookie', showsAll ? step.cookie : foldPrivate(step.cookie), body, paint),
    ...describeChange('session cookie', showsAll ? step.sessionCookie : foldPrivate(step.sessionCookie), body, paint),
    ...step.problems.flatMap(({ level, code, message, hint }) => {
      const [head, hinted] = [text(level, `${code}  ${message}`, levelColours[level]), text('', hint)];
      return [{ ...head, lines: [...head.lines, ...hinted.lines.map((line) => paint('dim', line))] }];
    }),
    ...(logLines === undefined ? [] : describeWay(step, body)),
    ...(logLines === undefined || logLines.length === 0
      ? []
      : [{ label: 'log', lines: renderLogLines(logLines, body) }]),
  ];
  return details.flatMap(({ label, colour = 'dim', lines }) =>
    lines.map((line, index) =>
      `${' '.repeat(indent)}${paint(colour, padCells(index === 0 ? label : '', labelCells))}${gap}${line}`.trimEnd(),
    ),
  );
}

function renderQuestion({ key, prompt, echo }: NonNullable<ShownStep['question']>): string {
  return `${JSON.stringify(prompt)} (${key}${echo ? '' : ', echo off'})`;
}

/** An empty answer is an answer: it sends a push. */
function renderAnswer(answer: string): string {
  return answer === '' ? '"" (empty)' : answer;
}

/** What the verdict or the kind of the outcome does not say. */
function describeOutcome({ outcome, verdict }: ShownStep): [string, string][] {
  switch (outcome.kind) {
    case 'returned': {
      const reason = isJsonObject(outcome.value) ? outcome.value['reason'] : undefined;
      return verdict === 'DENY' && typeof reason === 'string' ? [['reason', reason]] : [];
    }
    case 'raised':
      return [['raised', `${outcome.exception}: ${outcome.message} (${describePlace(outcome)})`]];
    case 'timed-out': {
      const how = outcome.forced ? 'it ignored the polite signal and was killed' : 'ended at the polite signal';
      return [['timed out', `over its ${renderDuration(outcome.pluginTimeoutMs)}; ${how} (${describePlace(outcome)})`]];
    }
    case 'crashed': {
      const how = outcome.signal === null ? `exit code ${String(outcome.exitCode)}` : `ended by ${outcome.signal}`;
      return [['crashed', `${how} before a reply (${describePlace(outcome)})`]];
    }
    case 'malformed':
      return [['malformed', outcome.problem]];
  }
}

/** The calls that led to the end. */
function describeWay({ outcome }: ShownStep, cells: number): Detail[] {
  const [label, lines] =
    outcome.kind === 'raised'
      ? ['traceback', outcome.traceback.replaceAll('\t', '    ').split('\n')]
      : ['stack', describeStack(outcome)];
  const wrapped = lines.flatMap((line) => wrapCells(sanitize(line), cells));
  return wrapped.join('') === '' ? [] : [{ label, lines: wrapped }];
}

/** Where the SDK keeps what is its own. Source: SDK 1.9.1, plugin_base. */
const privateKey = '__plugin_sdk_private';

/** What is the SDK's own as one value. */
function foldPrivate({ before, after }: CookieChange): CookieChange {
  const fold = (cookie: JsonObject): JsonObject =>
    Object.hasOwn(cookie, privateKey) ? { ...cookie, [privateKey]: JSON.stringify(cookie[privateKey]) } : cookie;
  return { before: fold(before), after: fold(after) };
}

/** Keys added, changed and removed; as many on a line as fit. */
function describeChange(label: string, { before, after }: CookieChange, cells: number, paint: Paint): Detail[] {
  const lines: string[] = [];
  let used = 0;
  for (const { path, before: old, after: now } of diffJson(before, after)) {
    const [sign, colour] =
      old === undefined
        ? (['+', 'green'] as const)
        : now === undefined
          ? (['-', 'red'] as const)
          : (['~', 'yellow'] as const);
    const key = cutCells(sign + sanitize(path), cells);
    const isNext = used > 0 && used + gap.length + cellsOf(key) <= cells;
    used = (isNext ? used + gap.length : 0) + cellsOf(key);
    if (isNext) lines.push(`${lines.pop() ?? ''}${gap}${paint(colour, key)}`);
    else lines.push(paint(colour, key));
  }
  return lines.length === 0 ? [] : [{ label, lines }];
}

/** Each line with the seconds since the start of the process, and what does not fit below it. */
function renderLogLines(logLines: readonly LogLine[], cells: number): string[] {
  return logLines.flatMap(({ atMs, text }) => {
    const time = atMs === null ? '' : `${(atMs / 1000).toFixed(3)}${gap}`;
    const lines = wrapCells(sanitize(text.replaceAll('\t', '    ')), cells - time.length);
    return lines.map((line, index) => (index === 0 ? time : ' '.repeat(time.length)) + line);
  });
}
