import type { Plugin } from '../plugin/plugin.ts';
import { findDump } from '../stacks/inquire-python.ts';
import { parseModuleStack } from '../stacks/parse-module-stack.ts';
import { type RawFrame, readFrames, type StackFrame, toStack } from '../stacks/stack-frame.ts';
import { replyLimitBytes } from './boot-shim.ts';
import type { Ending } from './exchange.ts';
import type { ShimRun } from './run-shim.ts';
import { readWord } from './shim-request.ts';

/** How a shim's run ended, whatever the request was. */
export function readEnding({ report, lines, told }: ShimRun, plugin: Pick<Plugin, 'root'>): Ending {
  const last = lines.at(-1);
  const withStack = (frames: readonly RawFrame[] | undefined): { stack?: StackFrame[] } => {
    const stack = frames && toStack(frames, plugin);
    return stack === undefined ? {} : { stack };
  };
  if (report.stopped === 'timed-out') {
    const { current, others = [], waitsFor = [] } = told() ?? {};
    const otherStacks = others.flatMap((frames) => {
      const stack = toStack(frames, plugin);
      return stack === undefined ? [] : [stack];
    });
    return {
      kind: 'timed-out',
      forced: report.forced,
      ...withStack(current),
      ...(otherStacks.length === 0 ? {} : { otherStacks }),
      ...(waitsFor.length === 0 ? {} : { waitsFor }),
    };
  }
  const isTooLarge = last?.tag === 'returned' && Buffer.byteLength(last.text) > replyLimitBytes;
  if (report.stopped === 'reply-too-large' || isTooLarge) {
    const reply = Buffer.from(last?.text ?? '')
      .subarray(0, replyLimitBytes)
      .toString();
    return { kind: 'reply-too-large', limitBytes: replyLimitBytes, reply };
  }
  switch (report.isReplied ? last?.tag : undefined) {
    case 'returned': {
      const cookieLines = lines.filter(({ tag }) => tag === 'cookie' || tag === 'session_cookie');
      const cookies = Object.fromEntries(cookieLines.map(({ tag, text }) => [tag, text]));
      return { kind: 'returned', text: last?.text ?? '', cookies };
    }
    case 'raised': {
      const word = readWord(last);
      return {
        kind: 'raised',
        exception: toText(word['exception']),
        message: toText(word['message']),
        traceback: toText(word['traceback']),
        ...withStack(toFrames(word['stack'])),
      };
    }
    case 'not-json': {
      const word = readWord(last);
      return {
        kind: 'not-json',
        problem: toText(word['problem']),
        reply: toText(word['reply']),
        isAwaitable: word['isAwaitable'] === true,
      };
    }
    default: {
      const exits = lines.findLast(({ tag }) => tag === 'exits');
      return {
        kind: 'exited',
        exitCode: report.exitCode,
        signal: report.signal,
        isNeverSettled: lines.some(({ tag }) => tag === 'never-settled'),
        ...withStack(exits === undefined ? findDump(report.reply)?.current : toFrames(readWord(exits)['stack'])),
      };
    }
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Node gives the text that V8 makes, Python its frames. */
function toFrames(stack: unknown): RawFrame[] {
  return typeof stack === 'string' ? parseModuleStack(stack) : readFrames(stack);
}
