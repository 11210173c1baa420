import type { LocatedInTime } from '../invocation/exchange.ts';
import { findPlace, renderFrame } from '../stacks/stack-frame.ts';
import type { Outcome } from './outcome.ts';

/** More calls than this do not help people. */
const shownFrames = 20;

/** Where a call ended: its phase, and the innermost line of the plugin when that is known. */
export function describePlace(outcome: Outcome): string {
  const place = 'stack' in outcome ? findPlace(outcome.stack) : undefined;
  return `in: ${outcome.phase}${place === undefined ? '' : `, at ${renderFrame(place)}`}`;
}

/** Where a plugin without a traceback was, line by line, each call below its caller. */
export function describeStack(outcome: Outcome): string[] {
  if (outcome.kind !== 'timed-out' && outcome.kind !== 'crashed') return [];
  const { stack = [], otherStacks = [], waitsFor = [] }: LocatedInTime = outcome;
  // A single line of the plugin is shown as its place already.
  const isKnown = stack.length === 1 && findPlace(stack) !== undefined;
  return [
    ...(isKnown ? [] : renderFrames(stack)),
    ...otherStacks.flatMap((frames) => ['another thread:', ...renderFrames(frames).map((line) => `  ${line}`)]),
    ...(waitsFor.length === 0 ? [] : [`idle, with ${waitsFor.join(', ')} open`]),
  ];
}

function renderFrames(frames: NonNullable<LocatedInTime['stack']>): string[] {
  const left = frames.length - shownFrames;
  return [...(left > 0 ? [`… ${left} more`] : []), ...frames.slice(-shownFrames).map(renderFrame)];
}
