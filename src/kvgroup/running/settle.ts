import type { Problem } from '../../base/problem.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { maximumRuns } from './call-ms.ts';
import { nextInput, repeatedPoints } from './next-input.ts';
import type { Round, Run } from './run-result.ts';

/** Runs a plugin again as the product does, until it settles, fails or has had its last run. Time between runs is not simulated. */
export async function settle(
  input: KvGroup,
  point: string,
  taken: readonly string[],
  runOnce: (input: KvGroup) => Promise<Run>,
): Promise<Run> {
  const rounds: Round[] = [];
  const runs: Run[] = [];
  let next: KvGroup | undefined = input;
  let last: Run | undefined;
  while (next !== undefined && rounds.length < maximumRuns) {
    last = await runOnce(next);
    runs.push(last);
    rounds.push(toRound(rounds.length + 1, last));
    const { class: runClass, output }: Run['result'] = last.result;
    next = runClass === 'ok' && output !== null ? nextInput(point, next, output, taken) : undefined;
  }
  if (last === undefined) throw new Error('no run was made');
  const problems = [
    ...runs.flatMap(({ result }, index) => result.problems.map((problem) => nameRun(problem, index, runs.length))),
    ...(next === undefined ? [] : [notSettled]),
    ...(repeatedPoints.includes(point) ? [] : [describeSingle(point)]),
  ];
  return {
    result: { ...last.result, problems, runs: rounds.length, rounds },
    recordings: runs.flatMap(({ recordings }) => recordings),
    inputs: runs.flatMap(({ inputs }) => inputs),
  };
}

const notSettled: Problem = {
  level: 'error',
  code: 'NOT_SETTLED',
  message: `the plugin has not settled in ${maximumRuns} runs`,
  hint: 'From its input it must see what it has done already, and then change nothing more.',
};

function describeSingle(point: string): Problem {
  return {
    level: 'warning',
    code: 'NOT_REPEATED',
    message: `plugins of point ${point} are not run again`,
    hint: `The product runs those of ${repeatedPoints.join(', ')} again.`,
  };
}

function nameRun(problem: Problem, index: number, count: number): Problem {
  return count === 1 ? problem : { ...problem, message: `run ${index + 1}: ${problem.message}` };
}

function toRound(run: number, { result }: Run): Round {
  const { class: runClass, retval, errmsg, output, durationMs } = result;
  return { run, class: runClass, retval, errmsg, output, durationMs };
}
