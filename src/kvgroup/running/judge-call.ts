import { renderDuration } from '../../base/parse-duration.ts';
import { hasError, type Problem } from '../../base/problem.ts';
import type { PipedReport } from '../../process/piped-process.ts';
import { KeyValueGroup } from '../format/key-value-group.ts';
import type { KvDiagnostic } from '../format/kv-diagnostic.ts';
import type { KvMessage } from '../format/kv-message.ts';
import { outputLimitBytes } from './call-ms.ts';
import { describeRaised, type Raised, raisedProblem } from './find-raised.ts';
import type { PointTraits } from './point-traits.ts';
import type { RunClass } from './run-result.ts';

/** The result of a call. */
export interface Judgement {
  class: RunClass;
  retval: string | null;
  errmsg: string | null;
  problems: Problem[];
  /** What is wrong with the text of the answer, unless something else is the cause. */
  diagnostics: KvDiagnostic[];
}

/** What an answer says by itself. */
export type JudgedAnswer = Omit<Judgement, 'diagnostics'>;

type Retval = Pick<PointTraits, 'retvalKey' | 'isRetvalMandatory'>;

/** The class of a run from how the process ended and what it answered. Pure. */
export function judgeCall(
  report: PipedReport,
  message: KvMessage,
  traits: Retval,
  { allowedMs, strict, raised }: { allowedMs: number; strict: boolean; raised: Raised | undefined },
): Judgement {
  const answer = judgeAnswer(message, traits);
  const ending = judgeEnding(report, allowedMs);
  const left = describeLeft(report);
  const isUnanswered = message.root === undefined;
  if (ending !== undefined) {
    const diagnostics = isEmpty(message) ? [] : tellingDiagnostics(message);
    return { ...answer, class: ending.class, problems: [...ending.problems, ...left], diagnostics };
  }
  if (raised !== undefined && isUnanswered)
    return { ...answer, problems: [raisedProblem(raised), ...left], diagnostics: [] };
  const exit = describeExit(report, answer.class === 'ok', strict, raised);
  const isRefused = hasError(exit);
  return {
    ...answer,
    class: isRefused ? 'protocol-error' : answer.class,
    problems: [...answer.problems, ...exit, ...left],
    diagnostics: tellingDiagnostics(message),
  };
}

function isEmpty({ diagnostics }: KvMessage): boolean {
  return diagnostics.some(({ code }) => code === 'KVG000');
}

/** Of a text that is no message, what makes it none: that a stray line has no quotes says nothing. */
export function tellingDiagnostics({ root, diagnostics }: KvMessage): KvDiagnostic[] {
  return root === undefined ? diagnostics.filter(({ level }) => level === 'error') : diagnostics;
}

/** What the answer says by itself. */
export function judgeAnswer({ root }: KvMessage, { retvalKey, isRetvalMandatory }: Retval): JudgedAnswer {
  if (root === undefined) {
    const problem = protocolError(
      'OUTPUT_UNREADABLE',
      'standard output: expected one KVGroup and nothing else; see the diagnostics',
      'Print everything else to standard error.',
    );
    return { class: 'protocol-error', retval: null, errmsg: null, problems: [problem] };
  }
  const group = new KeyValueGroup(root);
  const retval = group.get(retvalKey) ?? null;
  const errmsg = group.get('errmsg') ?? null;
  if (retval === null && isRetvalMandatory) {
    const problem = protocolError(
      'RETVAL_MISSING',
      `the answer has no ${retvalKey}, which is mandatory at this plugin point`,
      `Add "${retvalKey}" = "0" for success, any other integer for failure.`,
    );
    return { class: 'protocol-error', retval, errmsg, problems: [problem] };
  }
  if (retval !== null && !/^[+-]?\d+$/.test(retval)) {
    const problem = protocolError(
      'RETVAL_FORMAT',
      `${retvalKey} must be an integer, got ${JSON.stringify(retval.slice(0, 40))}`,
      'Answer "0" for success, any other integer for failure.',
    );
    return { class: 'protocol-error', retval, errmsg, problems: [problem] };
  }
  return { class: retval === null || Number(retval) === 0 ? 'ok' : 'failure', retval, errmsg, problems: [] };
}

/** A process that did not end by itself; undefined when it did. */
export function judgeEnding(
  report: PipedReport,
  allowedMs: number,
): { class: RunClass; problems: Problem[] } | undefined {
  const { stopped, forced, signal, exceeded } = report;
  if (stopped === 'timed-out') {
    const how = forced ? 'it had to be killed' : 'it ended at the polite signal';
    const problem: Problem = {
      level: 'error',
      code: 'RUN_TIMED_OUT',
      message: `the plugin took longer than its ${renderDuration(allowedMs)}; ${how}`,
      hint: 'A plugin has to end by itself after its answer. --timeout gives it more time.',
    };
    return { class: 'timeout', problems: [problem] };
  }
  if (stopped === 'reply-too-large') {
    const problem = protocolError(
      'REPLY_TOO_LARGE',
      `standard output: more than ${outputLimitBytes / 1024 ** 2} MiB; the plugin was ended`,
      'Write a shorter answer.',
    );
    return { class: 'protocol-error', problems: [problem] };
  }
  if (exceeded !== undefined) {
    const problem = protocolError(
      'LIMIT_REACHED',
      `the plugin was ended at its limit of ${exceeded}`,
      'See limits: in plugin-host.yaml.',
    );
    return { class: 'crash', problems: [problem] };
  }
  if (signal === undefined || stopped !== undefined) return undefined;
  return {
    class: 'crash',
    problems: [protocolError('RUN_CRASHED', `the plugin was ended by ${signal}`, 'See its standard error.')],
  };
}

/** The product's pages do not say that the exit code matters. */
export function describeExit(
  { exitCode = 0 }: PipedReport,
  isSuccess: boolean,
  strict: boolean,
  raised: Raised | undefined,
): Problem[] {
  if (exitCode === 0 || !isSuccess) return [];
  return [
    {
      level: strict ? 'error' : 'warning',
      code: 'EXIT_NONZERO',
      message: `the answer says success, but the plugin ended with exit code ${exitCode}${raised === undefined ? '' : `: ${describeRaised(raised)}`}`,
      hint: 'End with 0 after success.',
    },
  ];
}

export function describeLeft({ left, forced }: Pick<PipedReport, 'left' | 'forced'>): Problem[] {
  const itself = forced ? 1 : 0; // a plugin that had to be killed is among them
  if (left.length <= itself) return [];
  return [
    {
      level: 'warning',
      code: 'LEFT_RUNNING',
      message: `left running, and ended by the host: ${left.join(', ')}`,
      hint: 'Wait for what the plugin starts, or end it.',
    },
  ];
}

function protocolError(code: Problem['code'], message: string, hint: string): Problem {
  return { level: 'error', code, message, hint };
}
