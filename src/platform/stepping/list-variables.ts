import type { Json } from '../../base/json.ts';
import type { ActiveCall } from '../engine/active-call.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import type { Step } from '../script/script.ts';

/** Every variable that can be seen, the nearest first. */
export function listVariables({ frame, run }: ActiveStep): { name: string; value: Json }[] {
  return frame.names().map((name) => ({ name, value: run.secrets.showJson(frame.get(name) ?? null) }));
}

/** The functions around a step, innermost first: each with the step at which it is. */
export function listCalls({
  step,
  call,
}: Pick<ActiveStep, 'step' | 'call'>): { name: string; step: Step; library: string | undefined }[] {
  const calls = [];
  let at: { step: Step; call: ActiveCall } | undefined = { step, call };
  while (at !== undefined) {
    const { block, library } = at.call.callable;
    calls.push({ name: block.name, step: at.step, library });
    at = at.call.from;
  }
  return calls;
}
