import { debugOption } from '../../command/debug-option.ts';
import { inGroup, option } from '../../command/option.ts';

/** For commands that call hooks. */
export const debugOptions = inGroup('Debugger', [
  debugOption,
  option('--break', "with the debugger, stop in the hook's first line"),
]);

const message = '--debug waits for a debugger, --watch calls again after each change';

/** What excludes both options that ask for a debugger. */
export const debugConflicts = [
  { between: ['debug', 'watch'], message },
  { between: ['break', 'watch'], message },
] as const;

/** `--debug` takes a port only after `=` or when a number follows: anything else that follows is the hook. */
export function joinDebugPort(args: readonly string[]): string[] {
  return args.flatMap((word, index) => {
    const next = args[index + 1];
    if (word === '--debug') return [/^\d+$/.test(next ?? '') ? `--debug=${next ?? ''}` : '--debug='];
    return args[index - 1] === '--debug' && /^\d+$/.test(word) ? [] : [word];
  });
}
