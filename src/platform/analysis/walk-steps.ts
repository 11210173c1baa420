import type { Sequence, Step } from '../script/script.ts';

/** The sequences that a step holds, in the order of the text. */
function sequencesOf({ blocks, cases }: Step): Sequence[] {
  const ofCases = cases.map(({ body }) => body).filter((body) => body !== undefined);
  return [...blocks.values(), ...ofCases].sort((one, other) => one.node.start - other.node.start);
}

/** Every step, in the order of the text. */
export function* walkSteps(sequence: Sequence | undefined): Generator<Step> {
  for (const step of sequence?.steps ?? []) {
    yield step;
    for (const inner of sequencesOf(step)) yield* walkSteps(inner);
  }
}
