import { walkSteps } from '../analysis/walk-steps.ts';
import type { Sequence, Step } from '../script/script.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Errors and what comes of them: E15, L12. */
export function* checkFlow({ steps }: Checked): Generator<Finding> {
  for (const { step } of steps) {
    if (step.verb.name !== 'Try' || step.payload.kind !== 'object') continue;
    yield* checkTry(step);
    const handler = step.blocks.get('Catch');
    if (handler !== undefined && !tells(handler)) yield silentCatch(handler);
    for (const leaving of leavingSteps(step.blocks.get('Finally'), false)) yield leftFinally(leaving);
  }
}

function* checkTry({ properties, payload }: Step): Generator<Finding> {
  if (!properties.has('Do')) {
    yield { code: 'E15', message: 'Try has no Do', hint: 'Add "Do": [ … ].', ...at(payload) };
  }
  if (properties.has('Catch') || properties.has('Finally')) return;
  const message = 'Try has neither Catch nor Finally';
  yield { code: 'E15', message, hint: 'Add "Catch": [ … ].', ...at(payload) };
}

function tells(handler: Sequence): boolean {
  return [...walkSteps(handler)].some(({ verb }) => ['Log', 'Status', 'Throw'].includes(verb.name));
}

function silentCatch({ node }: Sequence): Finding {
  const message = 'This Catch neither logs, reports a Status, nor throws: nobody learns of the error';
  return { code: 'L12', message, hint: 'Add { "Log": { "Text": "%Exception%" } }.', ...at(node) };
}

/** `Return`, and `Break` where it is not that of a loop inside. */
function* leavingSteps(sequence: Sequence | undefined, isInLoop: boolean): Generator<Step> {
  for (const step of sequence?.steps ?? []) {
    const { verb, blocks, cases } = step;
    if (verb.name === 'Return' || (verb.name === 'Break' && !isInLoop)) yield step;
    const inner = isInLoop || verb.name === 'For' || verb.name === 'ForEach';
    for (const each of blocks.values()) yield* leavingSteps(each, inner);
    for (const { body } of cases) yield* leavingSteps(body, inner);
  }
}

function leftFinally({ verb, start, path }: Step): Finding {
  const message = `Finally must not be left by ${verb.name}`;
  return { code: 'E15', message, hint: 'Set a variable, and return after the Try.', offset: start, path };
}
