import { hasError, type Problem } from '../../base/problem.ts';
import { KeyValueGroup } from '../format/key-value-group.ts';
import type { KvGroup } from '../format/kv-group.ts';
import type { KvMessage } from '../format/kv-message.ts';
import type { Answer, Conversation } from './converse.ts';
import { type Raised, raisedProblem } from './find-raised.ts';
import {
  describeExit,
  describeLeft,
  type JudgedAnswer,
  judgeAnswer,
  judgeEnding,
  type Judgement,
  tellingDiagnostics,
} from './judge-call.ts';
import type { PointTraits } from './point-traits.ts';
import type { RunClass } from './run-result.ts';

/** Whether an answer ends the stream: a return code that is not 0, of a filter a message too. Source: Filter users. */
export function isAbort({ root }: KvMessage, { retvalKey, kind }: Pick<PointTraits, 'retvalKey' | 'kind'>): boolean {
  if (root === undefined) return false;
  const group = new KeyValueGroup(root);
  const retval = group.get(retvalKey);
  if (retval !== undefined && /^[+-]?\d+$/.test(retval) && Number(retval) !== 0) return true;
  return kind === 'filter' && (group.get('errmsg') ?? '') !== '';
}

/** Whether the product shows an item after its answer: `filter` hides, `keep` displays; without either the point decides. */
export function isShown(answer: KvGroup, { asked }: Pick<PointTraits, 'asked'>): boolean {
  const group = new KeyValueGroup(answer);
  const keep = group.get('keep');
  if (asked.startsWith('KEEP') || (keep !== undefined && !group.has('filter'))) return keep === 'true';
  return group.get('filter') !== 'true';
}

/** The class of a stream and what is wrong with it. Pure. */
export function judgeConversation(
  conversation: Conversation,
  traits: PointTraits,
  { strict, raised }: { strict: boolean; raised: Raised | undefined },
): Judgement {
  const { report, answers, allowedMs } = conversation;
  const judged = answers.map(({ message }) => judgeAnswer(message, traits));
  const abort = answers.findIndex(({ message }) => isAbort(message, traits));
  const faults = [...judged.flatMap(nameItem), ...describeDisorder(conversation, abort >= 0, raised)];
  const last = judged.at(abort >= 0 ? abort : -1);
  const ending = judgeEnding(report, allowedMs);
  const isAborted = abort >= 0 && faults.length === 0;
  const byAnswers: RunClass = faults.length > 0 ? 'protocol-error' : isAborted ? 'failure' : 'ok';
  const exit = ending ? [] : describeExit(report, byAnswers === 'ok', strict, raised);
  const refused: RunClass = hasError(exit) ? 'protocol-error' : byAnswers;
  return {
    class: ending?.class ?? refused,
    retval: last?.retval ?? null,
    errmsg: last?.errmsg ?? null,
    problems: [...(ending?.problems ?? []), ...faults, ...exit, ...describeLeft(report)],
    diagnostics: diagnosticsOf(conversation),
  };
}

function nameItem({ problems }: JudgedAnswer, index: number): Problem[] {
  return problems.map((problem) => ({ ...problem, message: `item ${index + 1}: ${problem.message}` }));
}

function describeDisorder(
  { sent, answers, early, surplus, report }: Conversation,
  isAborted: boolean,
  raised: Raised | undefined,
): Problem[] {
  const found: Problem[] = [];
  if (early.length > 0) {
    found.push({
      level: 'error',
      code: 'ANSWER_EARLY',
      message: `an answer came before item ${sent.length + 1} was sent; the plugin was ended`,
      hint: 'The first group is the context, which gets no answer; then each item gets one, flushed.',
    });
  }
  const isUnread = surplus.some(({ root }) => root === undefined);
  if (surplus.length > 0 && (!isUnread || answers.length === sent.length)) {
    found.push({
      level: 'error',
      code: 'ANSWER_SURPLUS',
      message: isUnread
        ? `after the answer to the last item there is text that is not a KVGroup`
        : `${sent.length} items, but ${answers.length + surplus.length} answers`,
      hint: 'Answer each item once, the context not at all, and print everything else to standard error.',
    });
  }
  // A plugin that ran out of time or was ended by a signal has its problem already.
  const isEnded = report.stopped !== undefined || report.signal !== undefined;
  if (answers.length < sent.length && !isAborted && !isEnded) {
    if (raised !== undefined) return [...found, raisedProblem(raised, `item ${sent.length}: `)];
    found.push({
      level: 'error',
      code: 'ANSWER_MISSING',
      message: `the plugin ended without an answer to item ${sent.length}`,
      hint: 'Answer each item with one group, flush it, and read on until the end of file.',
    });
  }
  return found;
}

/** Diagnostics of all that was read. */
function diagnosticsOf({
  answers,
  early,
  surplus,
}: Pick<Conversation, 'answers' | 'early' | 'surplus'>): KvMessage['diagnostics'] {
  const messages = [...answers.map(({ message }: Answer) => message), ...early, ...surplus];
  return messages.flatMap(tellingDiagnostics);
}
