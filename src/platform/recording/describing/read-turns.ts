import { renderDelay } from '../../../targets/recording/render-delay.ts';
import type { Turn } from '../observing/recorded-call.ts';

/** A part of what came, and how long it must be waited with. */
export interface Piece {
  delay: string | undefined;
  text: string;
}

/** Lines that were sent, and what came until the next one was. */
export interface Exchanged {
  lines: string[];
  pieces: Piece[];
}

/** What comes apart without anything having been said must come apart again. */
const shortestPauseMs = 200;

/**
 * A session as lines and output, without secrets; the first has no lines. Line breaks of a terminal are those of a text.
 * @param played The same turns with what was said when stand-ins were in the place of secrets
 */
export function readTurns(
  turns: readonly Turn[],
  played: readonly Turn[],
  describe: { output: (text: string) => string; input: (text: string) => string },
): Exchanged[] {
  const exchanged: Exchanged[] = [{ lines: [], pieces: [] }];
  let started = '';
  let owedMs = 0;
  for (const [index, turn] of turns.entries()) {
    const said = (played[index]?.inputs ?? []).map((each) => each.toString()).join('');
    const lines = (started + said).split(/\r\n|\r|\n/);
    started = lines.pop() ?? '';
    const isContinued = lines.length === 0;
    if (!isContinued) exchanged.push({ lines: lines.map((line) => describe.input(line)), pieces: [] });
    const own = isContinued && index > 0 ? owedMs + Math.max(turn.waitedMs, shortestPauseMs) : turn.waitedMs;
    const text = toText(turn.output, describe.output);
    if (text === '') {
      owedMs = own - turn.waitedMs + turn.takenMs;
      continue;
    }
    owedMs = turn.takenMs - turn.waitedMs;
    const pieces = exchanged.at(-1)?.pieces ?? [];
    const isApart = isContinued && pieces.length > 0;
    pieces.push({ delay: isApart ? `${Math.ceil(own)}ms` : renderDelay(own), text });
  }
  return exchanged;
}

function toText(output: Buffer | undefined, describe: (text: string) => string): string {
  return describe((output ?? Buffer.alloc(0)).toString()).replaceAll('\r\n', '\n');
}
