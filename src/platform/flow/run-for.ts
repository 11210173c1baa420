import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { FrameScope } from '../engine/frame-scope.ts';
import type { Frame } from '../engine/frame.ts';
import type { Flow, InnerSteps, VerbHandler } from '../engine/verb-handler.ts';
import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { itemsOf } from '../members/items-of.ts';
import { reveal, Secret } from '../values/secret.ts';
import { typeNameOf, type Value } from '../values/value.ts';
import { judge } from './run-condition.ts';

/** Source: specification d.1. */
const mostIterations = 1_000_000;

/** `For`: `Before` once, then the body as long as `Condition` holds, `End` after each round. */
export const runFor: VerbHandler = async (active, inner) => {
  const frame = active.frame.child();
  if (active.has('Before')) active.evaluate('Before', { mayCreate: true, frame });
  const limit = limitOf(active);
  const goesOn = (): boolean => !active.has('Condition') || judge(active, 'Condition', frame);
  for (let round = 0; goesOn(); round++) {
    const flow = await runRound(active, inner, frame, round, limit);
    if (flow !== undefined) return ofLoop(flow);
    if (active.has('End')) active.evaluate('End', { frame });
  }
  return undefined;
};

/** `ForEach`: the body for every item of a collection. */
export const runForEach: VerbHandler = async (active, inner) => {
  const collection = readCollection(active);
  const items = itemsOf(reveal(collection));
  if (items === undefined) throw noCollection(reveal(collection));
  const element = active.requireTarget('ElementName');
  const limit = limitOf(active);
  const frame = active.frame.child();
  for (const [round, item] of [...items].entries()) {
    const value = collection instanceof Secret ? Secret.of(item) : item;
    if (/^global:/i.test(element)) active.set(element, value);
    else frame.assign(element, value);
    const flow = await runRound(active, inner, frame, round, limit);
    if (flow !== undefined) return ofLoop(flow);
  }
  return undefined;
};

async function runRound(
  active: ActiveStep,
  inner: InnerSteps,
  frame: Frame,
  round: number,
  limit: number,
): Promise<Flow | undefined> {
  if (round >= limit) throw new CommandError('COMMAND_FAILED', `more than ${limit} iterations (MaxIterations)`);
  const pause = active.run.clock.breathe();
  if (pause !== undefined) await pause;
  active.trace({ kind: 'branch', why: `round ${round + 1}` });
  return inner.run(active, active.step.blocks.get('Body'), frame);
}

/** The loop is what `Break` ends. */
function ofLoop(flow: Flow): Flow | undefined {
  return flow.kind === 'break' ? undefined : flow;
}

function limitOf(active: ActiveStep): number {
  return active.number('MaxIterations') ?? mostIterations;
}

/** A name, a path of members such as `ListJson.items`, or a token. */
function readCollection(active: ActiveStep): Value {
  const node = active.node('CollectionName');
  const isPath = node?.kind === 'string' && !node.value.includes('%') && /[.[]/.test(node.value);
  if (!isPath) return active.read('CollectionName');
  const scope = new FrameScope(active.frame, active.warn, node.path);
  return active.noteGiven('CollectionName', evaluate(parseExpression(node.value), scope, active.run.budget));
}

function noCollection(value: Value): CommandError {
  const kind = value === null ? 'null' : `of type ${typeNameOf(value)}`;
  return new CommandError(
    'COMMAND_FAILED',
    `CollectionName is ${kind}; expected a list, an array or an object`,
    typeof value === 'string' ? 'Split makes a list of a text, ExtractJsonObject reads JSON.' : undefined,
  );
}
