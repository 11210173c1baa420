import type { KvGroup } from '../format/kv-group.ts';
import { findRaised, type Raised, raisedProblem } from './find-raised.ts';
import { judgeCall, judgeEnding, describeLeft, type Judgement } from './judge-call.ts';
import { type Observation, observeCall, type Running } from './observe-call.ts';
import type { PointTraits } from './point-traits.ts';
import type { Run, RunResult } from './run-result.ts';

export interface CallOptions {
  traits: PointTraits;
  allowedMs: number;
  strict: boolean;
}

/** One synchronous call. Source: Configuring plugins. */
export async function runCall(input: KvGroup, { traits, ...options }: CallOptions, running: Running): Promise<Run> {
  const { message, ...observation } = await observeCall(input, options.allowedMs, running);
  const judgement = judgeCall(observation.report, message, traits, {
    ...options,
    raised: raisedIn(observation, running),
  });
  return toRun(traits, judgement, observation, [input], { output: message.root ?? null });
}

/** An event action: nobody waits for an answer, and what it prints is only shown. Source: Event actions. */
export async function runTrap(input: KvGroup, { traits, allowedMs }: CallOptions, running: Running): Promise<Run> {
  const { message, ...observation } = await observeCall(input, allowedMs, running);
  const ending = judgeEnding(observation.report, allowedMs);
  const raised = raisedIn(observation, running);
  const judgement: Judgement = {
    class: ending?.class ?? 'ok',
    retval: null,
    errmsg: null,
    problems: [
      ...(ending?.problems ?? []),
      ...(raised === undefined ? [] : [raisedProblem(raised, '', 'warning')]),
      ...describeLeft(observation.report),
    ],
    diagnostics: [],
  };
  return toRun(traits, judgement, observation, [input], { output: message.root ?? null });
}

/** The exception that ended it. */
export function raisedIn(
  { report, recording }: Observation,
  { program }: Pick<Running, 'program'>,
): Raised | undefined {
  return findRaised(report, recording, program.cwd);
}

/** The result of one process. */
export function toRun(
  { id }: Pick<PointTraits, 'id'>,
  { problems, diagnostics, ...judged }: Judgement,
  { report, recording }: Observation,
  inputs: KvGroup[],
  { output, ...more }: Pick<RunResult, 'output' | 'answers' | 'download'>,
): Run {
  return {
    result: {
      point: id,
      ...judged,
      exitCode: report.exitCode ?? null,
      signal: report.signal ?? null,
      durationMs: recording.durationMs,
      output,
      diagnostics,
      problems,
      stderr: recording.stderr((text) => text),
      runs: 1,
      ...more,
    },
    recordings: [recording],
    inputs,
  };
}
