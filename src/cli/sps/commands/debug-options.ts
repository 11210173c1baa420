import { InvalidArgumentError } from 'commander';
import { inGroup, option } from '../../command/option.ts';

/** For commands that call hooks. */
export const debugOptions = inGroup('Debugger', [
  option(
    '--debug [=port]',
    'wait for a debugger on this port of 127.0.0.1, without a deadline (default: 5678 for Python, 9229 for TypeScript; 0: any free one)',
    { parse: toPort },
  ),
  option('--break', "with the debugger, stop in the hook's first line"),
]);

const message = '--debug waits for a debugger, --watch calls again after each change';

/** What excludes both options that ask for a debugger. */
export const debugConflicts = [
  { between: ['debug', 'watch'], message },
  { between: ['break', 'watch'], message },
] as const;

/** True: the usual one. */
function toPort(word: string): number | true {
  if (word === '') return true;
  const port = /^\d{1,5}$/.test(word) ? Number(word) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
