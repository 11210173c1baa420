import { InvalidArgumentError } from 'commander';
import { option } from './option.ts';

/** Of commands that run a plugin. */
export const debugOption = option(
  '--debug [=port]',
  'wait for a debugger on this port of 127.0.0.1, without a deadline (default: 5678 for Python, 9229 for TypeScript; 0: any free one)',
  { parse: toPort },
);

/** True: the usual one. */
function toPort(word: string): number | true {
  if (word === '') return true;
  const port = /^\d{1,5}$/.test(word) ? Number(word) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
