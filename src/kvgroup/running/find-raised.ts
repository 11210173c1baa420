import path from 'node:path';
import type { Problem } from '../../base/problem.ts';
import type { PipedReport } from '../../process/piped-process.ts';
import type { Recording } from './run-result.ts';

/** An exception that ended a Python plugin. */
export interface Raised {
  /** With its module unless built in. */
  exception: string;
  /** Its first line; empty for none. */
  message: string;
  /** The innermost line of the plugin's own files: relative to its folder, absolute outside of it. */
  file: string | undefined;
  line: number | undefined;
}

/** Of an uncaught exception. Source: Python, sys.excepthook. */
const exitCodeOfPython = 1;

const frame = /^ {2}File "([^"]*)", line (\d+)(?:, in .*)?$/;
const ending = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:: (.*))?$/;

/** What the traceback at the end of a plugin's standard error says; undefined when it ended in another way. @param folder Of the plugin */
export function findRaised(
  { exitCode }: Pick<PipedReport, 'exitCode'>,
  { stderr }: Pick<Recording, 'stderr'>,
  folder: string,
): Raised | undefined {
  if (exitCode !== exitCodeOfPython) return undefined;
  const lines = stderr((text) => text).split('\n');
  const last = lines.findLastIndex((text, index) => ending.test(text) && lines[index - 1]?.startsWith('  '));
  const [, exception, message = ''] = ending.exec(lines[last] ?? '') ?? [];
  if (exception === undefined) return undefined;
  const first = lines.findLastIndex((text, index) => index < last && !text.startsWith('  ')) + 1;
  const frames = lines.slice(first, last).flatMap((text) => {
    const [, file, line] = frame.exec(text) ?? [];
    return file === undefined ? [] : [{ file: path.relative(folder, file), line: Number(line) }];
  });
  if (frames.length === 0) return undefined;
  const own = frames.findLast(({ file }) => !file.startsWith('..')) ?? frames.at(-1);
  const file = own?.file.startsWith('..') ? path.resolve(folder, own.file) : own?.file;
  return { exception, message, file, line: own?.line };
}

export function describeRaised({ exception, message, file, line }: Raised): string {
  return `raised ${exception} at ${file ?? ''}:${line ?? 1}${message === '' ? '' : `: ${message}`}`;
}

/** @param what Stands before it: which answer is missing @param level Default: error */
export function raisedProblem(raised: Raised, what = '', level: Problem['level'] = 'error'): Problem {
  const { exception, message, file, line } = raised;
  const [, module] = /^No module named '([\w.]+)'/.exec(message) ?? [];
  return {
    level,
    code: 'RUN_RAISED',
    message: `${what}${describeRaised(raised)}`,
    hint:
      exception === 'ModuleNotFoundError' && module !== undefined
        ? `Put ${module} beside the plugin, or name an interpreter that has it with --python.`
        : 'The traceback is in its standard error. A plugin that cannot answer says so: "retval" = "1" and an "errmsg".',
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
  };
}
