import type { Problem } from '../../base/problem.ts';
import { KeyValueGroup } from '../format/key-value-group.ts';
import { isGroup, type KvGroup } from '../format/kv-group.ts';
import { generatorLimit } from './call-ms.ts';
import { type Answer, type Conversation, converse } from './converse.ts';
import { isAbort, isShown, judgeConversation } from './judge-conversation.ts';
import type { Running } from './observe-call.ts';
import type { PointTraits } from './point-traits.ts';
import { raisedIn, toRun } from './run-call.ts';
import type { ItemAnswer, Run } from './run-result.ts';

export interface StreamOptions {
  traits: PointTraits;
  itemMs: number;
  streamMs: number;
  strict: boolean;
}

/** Streams items to a filter. Its input ends as soon as an answer aborts. */
export async function runFilter(
  context: KvGroup,
  items: readonly KvGroup[],
  options: StreamOptions,
  running: Running,
): Promise<Run> {
  const nextItem = (answers: readonly Answer[]): KvGroup | undefined => {
    const item = items[answers.length];
    if (item === undefined || hasAborted(answers, options.traits)) return undefined;
    return withoutUnwanted(item, answers.at(-1)?.message.root);
  };
  const conversation = await converse({ context, nextItem, ...options }, running);
  const answers = items.map((_, index): ItemAnswer => toItemAnswer(conversation, index, options.traits));
  return toStreamRun(conversation, answers, context, { ...options, running });
}

/** Asks a generator for objects until it has no more. Source: GENERATE USER PLUGIN; Generate managed group list. */
export async function runGenerator(context: KvGroup, options: StreamOptions, running: Running): Promise<Run> {
  const nextItem = (answers: readonly Answer[]): KvGroup | undefined => {
    const root = answers.at(-1)?.message.root;
    const isEnd = root !== undefined && (!hasObject(root) || new KeyValueGroup(root).get('abort') === 'true');
    if (isEnd || hasAborted(answers, options.traits) || answers.length >= generatorLimit) return undefined;
    return { k: '', n: '', c: [] };
  };
  const conversation = await converse({ context, nextItem, ...options }, running);
  const answers = conversation.sent.map((_, index): ItemAnswer => {
    const answer = toItemAnswer(conversation, index, options.traits);
    return { ...answer, shown: answer.output === null ? null : hasObject(answer.output) };
  });
  const isAtLimit = conversation.answers.length >= generatorLimit;
  return toStreamRun(conversation, answers, context, { ...options, running }, isAtLimit ? [atLimit] : []);
}

const atLimit: Problem = {
  level: 'warning',
  code: 'GENERATOR_ENDLESS',
  message: `the generator was stopped after ${generatorLimit} objects`,
  hint: 'Answer with a group without an object at the end of the list.',
};

const objectKeys = ['userid', 'groupiD', 'groupID', 'roleid', 'role'];

function hasObject(root: KvGroup): boolean {
  const group = new KeyValueGroup(root);
  return objectKeys.some((key) => (group.get(key) ?? '') !== '');
}

function hasAborted(answers: readonly Answer[], traits: PointTraits): boolean {
  const last = answers.at(-1);
  return last !== undefined && isAbort(last.message, traits);
}

/** An answer may say that the next items shall come without their details. Source: Filter users; Filter requests. */
function withoutUnwanted(item: KvGroup, answer: KvGroup | undefined): KvGroup {
  if (answer === undefined) return item;
  const group = new KeyValueGroup(answer);
  const isWithoutDetails = item.k === 'user' && group.get('needitemdetail') === '0';
  const isWithoutActions = item.k === 'request' && group.get('sendactions') === '0';
  if (!isWithoutDetails && !isWithoutActions) return item;
  return { ...item, c: item.c.filter((each) => !isGroup(each) || (isWithoutActions && each.k !== 'resource')) };
}

function toItemAnswer({ answers }: Conversation, index: number, traits: PointTraits): ItemAnswer {
  const answer = answers[index];
  const output = answer?.message.root ?? null;
  const shown = output === null ? null : isShown(output, traits);
  return { item: index + 1, output, shown, durationMs: answer?.durationMs ?? null };
}

function toStreamRun(
  conversation: Conversation,
  answers: ItemAnswer[],
  context: KvGroup,
  { traits, strict, running }: StreamOptions & { running: Running },
  more: Problem[] = [],
): Run {
  const judgement = judgeConversation(conversation, traits, { strict, raised: raisedIn(conversation, running) });
  return toRun(
    traits,
    { ...judgement, problems: [...judgement.problems, ...more] },
    conversation,
    [context, ...conversation.sent],
    { output: null, answers },
  );
}
