import { readFileSync } from 'node:fs';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { decodeText } from '../documents/decode-text.ts';

/**
 * Node replaces what is no UTF-8 in an argument; a plugin would get another password than was typed. Where the system does not show the
 * arguments as they came, nothing is checked. @throws PluginHostError USAGE
 */
export function requireUtf8(args: readonly string[], readCommandLine = readOwnCommandLine): void {
  const replaced = args.findIndex((arg) => arg.includes('\ufffd'));
  if (replaced < 0) return;
  const words = readCommandLine()?.toString('latin1').split('\0').slice(0, -1) ?? [];
  const own = words.slice(words.length - args.length);
  for (const [index, word] of own.entries()) {
    try {
      decodeText(Buffer.from(word, 'latin1'));
    } catch {
      throw new PluginHostError('USAGE', `the argument number ${index + 1} is no UTF-8`, {
        hint: 'See that the terminal and the locale speak UTF-8.',
      });
    }
  }
}

function readOwnCommandLine(): Buffer | undefined {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return undefined; // no Linux
  }
}
