import type { Sequence, Step } from '../script/script.ts';

/** Whether no path goes past the end of steps: each ends in `Return` or `Throw`. */
export function endsSurely(sequence: Sequence | undefined): boolean {
  return sequence?.steps.some(stepEnds) ?? false;
}

function stepEnds(step: Step): boolean {
  const { verb, blocks, cases } = step;
  const ends = (name: string): boolean => endsSurely(blocks.get(name));
  switch (verb.name) {
    case 'Return':
    case 'Throw':
    case 'Break':
      return true;
    case 'Condition':
      return ends('Then') && ends('Else');
    case 'Switch':
      return ends('DefaultCase') && cases.every(({ body }) => endsSurely(body));
    case 'Try':
      return ends('Finally') || (ends('Do') && (!blocks.has('Catch') || ends('Catch')));
    case 'For':
      return isEndless(step) && !hasBreak(blocks.get('Body'));
    default:
      return false;
  }
}

function isEndless({ properties }: Step): boolean {
  const condition = properties.get('Condition')?.value;
  if (condition === undefined) return true;
  if (condition.kind === 'boolean') return condition.value;
  return condition.kind === 'string' && condition.value.trim() === 'true';
}

/** Whether a loop can be left by `Break`; that of a loop inside is none of ours. */
function hasBreak(sequence: Sequence | undefined): boolean {
  return (sequence?.steps ?? []).some(({ verb, blocks, cases }) => {
    if (verb.name === 'Break') return true;
    if (verb.name === 'For' || verb.name === 'ForEach') return false;
    return [...blocks.values()].some(hasBreak) || cases.some(({ body }) => hasBreak(body));
  });
}
