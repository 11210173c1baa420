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
