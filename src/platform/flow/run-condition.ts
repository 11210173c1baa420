import { toBoolean } from '../conversion/to-int32.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import type { Frame } from '../engine/frame.ts';
import type { VerbHandler } from '../engine/verb-handler.ts';

/** `Condition`: its `Then` or its `Else`. */
export const runCondition: VerbHandler = (active, inner) => {
  const isTrue = judge(active, 'If');
  const branch = isTrue ? 'Then' : 'Else';
  active.trace({ kind: 'branch', why: branch });
  const sequence = active.step.blocks.get(branch);
  return sequence === undefined || sequence.steps.length === 0 ? undefined : inner.run(active, sequence);
};

/** The truth of a property that is an expression. */
export function judge(active: ActiveStep, property: string, frame?: Frame): boolean {
  const node = active.node(property);
  const source = node?.kind === 'string' ? node.value : property;
  const value = active.evaluate(property, frame === undefined ? {} : { frame });
  const truth = toBoolean(value, source, (text) => {
    active.warn('L25', `the condition ${text}`);
  });
  if (active.run.isTraced) active.trace({ kind: 'expr', text: source, value: truth });
  return truth;
}
