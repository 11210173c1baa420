import type { Line } from '../../network/network.ts';
import type { LineCall, Turn } from './recorded-call.ts';

/** The same line, with its turns noted. */
export function recordLine(line: Line, call: LineCall, now: () => number): Line {
  let pending: Buffer[] = [];
  let firstAt: number | undefined;
  let lastAt = now();
  let isOurs = false;
  const open = (): Turn => {
    const last = call.turns.at(-1);
    if (last !== undefined && last.output === undefined) return last;
    const turn: Turn = { inputs: [], output: undefined, waitedMs: 0, takenMs: 0 };
    call.turns.push(turn);
    return turn;
  };
  return {
    ...line,
    write: (data) => {
      open().inputs.push(data);
      lastAt = now();
      firstAt = undefined;
      line.write(data);
    },
    onData: (take) => {
      line.onData((data) => {
        pending.push(data);
        firstAt ??= now();
        take(data);
      });
    },
    onClose: (end) => {
      line.onClose(() => {
        call.isEnded ||= !isOurs;
        end();
      });
    },
    noteTaken: () => {
      line.noteTaken?.();
      const turn = open();
      const takenAt = now();
      turn.output = Buffer.concat(pending);
      turn.waitedMs = Math.max(0, (firstAt ?? lastAt) - lastAt);
      turn.takenMs = takenAt - lastAt;
      pending = [];
      firstAt = undefined;
      lastAt = takenAt;
    },
    close: () => {
      isOurs = true;
      line.close();
    },
  };
}
