import { isFailure } from '../base/is-failure.ts';
import type { Problem } from '../base/problem.ts';
import { type Mark, marksOf, scaleTime } from './scale-time.ts';

/** What a timeline needs of a step. Pass masked steps: the rows are shown as they are. */
export interface TimelineStep {
  n: number;
  /** ISO 8601. */
  startedAt: string;
  hook: string;
  plugin: { type: string; name: string; version: string };
  verdict: string | null;
  outcome: { kind: string; durationMs: number };
  deadline: { pluginTimeoutMs: number };
  problems: readonly Pick<Problem, 'level'>[];
}

/** The result of a step, the most important one first. */
export type Tone = 'failed' | 'denied' | 'asked' | 'good';

/** How much of its time a step took: less than half, less than four fifths, or more. */
export type Pressure = 'low' | 'half' | 'high';

export interface TimelineRow<S extends TimelineStep = TimelineStep> {
  step: S;
  /** The plugin, if the step before belongs to another one; else undefined. */
  plugin: string | undefined;
  /** Since the start of the first step. */
  atMs: number;
  /** The verdict, else `returned`, else the kind of the failure. */
  result: string;
  tone: Tone;
  /** Of the time that the step was allowed, from 0 to 1. */
  share: number;
  /** Of the bar that shows it, on the scale of `scaleTime`, from 0 to 1. */
  length: number;
  pressure: Pressure;
  /** How long the user took to answer the question of the step before; undefined: there was none. */
  waitedMs: number | undefined;
}

export interface Timeline<S extends TimelineStep = TimelineStep> {
  rows: TimelineRow<S>[];
  /** The time that every step was allowed, if it is the same for all. */
  allowedMs: number | undefined;
  /** What stands above the bars; none where each has a scale of its own. */
  marks: Mark[];
  /** From the start of the first step to the end of the last one to end. */
  wholeMs: number;
  /** Of that, in plugins; between the steps are the user, the target and the host. */
  inPluginsMs: number;
}

/** The steps of a session as rows: when each began, its result, how much of its time it took. Nothing is drawn here. */
export function layTimeline<S extends TimelineStep>(steps: readonly S[]): Timeline<S> {
  const start = Date.parse(steps[0]?.startedAt ?? '');
  const ends = steps.map(({ startedAt, outcome }) => Date.parse(startedAt) + outcome.durationMs);
  const [allowedMs, ...others] = new Set(steps.map(({ deadline }) => deadline.pluginTimeoutMs));
  let last: string | undefined;
  const rows = steps.map((step, index) => {
    const before = steps[index - 1];
    const title = `${step.plugin.name} ${step.plugin.version} (${step.plugin.type})`;
    const plugin = title === last ? undefined : title;
    last = title;
    return { ...toRow(step, plugin, start), waitedMs: before && waitBetween(before, step) };
  });
  const common = others.length === 0 ? allowedMs : undefined;
  return {
    rows,
    allowedMs: common,
    marks: common === undefined ? [] : marksOf(common),
    wholeMs: ends.reduce((latest, end) => Math.max(latest, end - start), 0),
    inPluginsMs: steps.reduce((sum, { outcome }) => sum + outcome.durationMs, 0),
  };
}

/** A question is answered in the next call of the same hook. */
function waitBetween(before: TimelineStep, step: TimelineStep): number | undefined {
  const isAnswer =
    before.verdict === 'NEEDINFO' && before.hook === step.hook && before.plugin.name === step.plugin.name;
  if (!isAnswer) return undefined;
  return Math.max(0, Date.parse(step.startedAt) - Date.parse(before.startedAt) - before.outcome.durationMs);
}

function toRow<S extends TimelineStep>(
  step: S,
  plugin: string | undefined,
  start: number,
): Omit<TimelineRow<S>, 'waitedMs'> {
  const { startedAt, outcome, verdict, deadline } = step;
  const share = Math.min(1, Math.max(0, outcome.durationMs / deadline.pluginTimeoutMs));
  return {
    step,
    plugin,
    atMs: Date.parse(startedAt) - start,
    result: outcome.kind === 'returned' ? (verdict ?? 'returned') : outcome.kind,
    tone: toneOf(step),
    share,
    length: scaleTime(outcome.durationMs, deadline.pluginTimeoutMs),
    pressure: share >= 0.8 ? 'high' : share >= 0.5 ? 'half' : 'low',
  };
}

function toneOf(step: TimelineStep): Tone {
  const { verdict } = step;
  if (isFailure(step)) return 'failed';
  if (verdict === 'DENY') return 'denied';
  return verdict === 'NEEDINFO' ? 'asked' : 'good';
}
