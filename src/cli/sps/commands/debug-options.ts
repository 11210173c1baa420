import { debugOption } from '../../command/debug-option.ts';
import { inGroup, option } from '../../command/option.ts';

/** For commands that call hooks. */
export const debugOptions = inGroup('Debugger', [
  debugOption,
  option('--break', "with the debugger, stop in the hook's first line"),
  option('--pdb', "Python's own debugger in this terminal, at breakpoint() and where the hook raises; no deadline"),
]);

const message = '--debug waits for a debugger, --watch calls again after each change';

/** What excludes both options that ask for a debugger. */
export const debugConflicts = [
  { between: ['debug', 'watch'], message },
  { between: ['break', 'watch'], message },
  { between: ['pdb', 'watch'], message: '--pdb waits for you, --watch calls again after each change' },
  { between: ['pdb', 'debug'], message: '--pdb is a debugger in this terminal, --debug waits for another one' },
  { between: ['pdb', 'json'], message: '--pdb is for people, --json for programs' },
] as const;
