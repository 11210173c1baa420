import { hasSecret } from '../conversion/has-secret.ts';
import { toText } from '../conversion/render-text.ts';
import { toJson } from '../conversion/to-json.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { StepFailure } from '../engine/step-failure.ts';
import { ThrownValue } from '../engine/thrown-value.ts';
import type { Flow, InnerSteps, VerbHandler } from '../engine/verb-handler.ts';
import { NamedText } from '../values/named-text.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** `Try`: what fails in `Do`, however deep, is handled by `Catch`; `Finally` runs in any case but when the host ends the run. */
export const runTry: VerbHandler = async (active, inner) => {
  let flow: Flow | undefined;
  try {
    flow = await attempt(active, inner);
  } catch (error) {
    if (!(error instanceof StepFailure) || error.isOfHost) throw error;
    await inner.run(active, active.step.blocks.get('Finally'));
    throw error;
  }
  await inner.run(active, active.step.blocks.get('Finally'));
  return flow;
};

async function attempt(active: ActiveStep, inner: InnerSteps): Promise<Flow | undefined> {
  const { step, run } = active;
  try {
    return await inner.run(active, step.blocks.get('Do'));
  } catch (error) {
    const handler = step.blocks.get('Catch');
    if (!(error instanceof StepFailure) || error.isOfHost || handler === undefined) throw error;
    active.trace({ kind: 'branch', why: 'Catch' });
    const frame = active.frame.child();
    frame.declare('Exception', asException(active, error.text));
    const outer = run.handled;
    run.handled = error;
    try {
      return await inner.run(active, handler, frame);
    } finally {
      run.handled = outer;
    }
  }
}

function asException({ run }: ActiveStep, text: Value): Value {
  const exception = NamedText.ofError(toText(text));
  return text instanceof Secret ? run.secrets.recast(text, exception) : exception;
}

/** `Throw`: the text of its value is what a `Catch` finds in `Exception`. */
export const runThrow: VerbHandler = (active) => {
  const drifted = active.step.unknown.find(({ name }) => name.toLowerCase() === 'message');
  const value = active.has('Value') || drifted === undefined ? active.value('Value') : active.substitute(drifted.value);
  const plain = reveal(value);
  const text = plain !== null && typeof plain === 'object' && hasSecret(plain) ? toJson(plain) : toText(value);
  throw new ThrownValue(
    value instanceof Secret ? active.run.secrets.recast(value, text) : hasSecret(value) ? Secret.of(text) : text,
  );
};
