import { readFileSync } from 'node:fs';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { decodeText } from '../documents/decode-text.ts';

/**
 * Node replaces bytes that are not UTF-8 in an argument; a plugin would get another password than the typed one. If the system does not show the
 * original arguments, nothing is checked. @throws PluginHostError USAGE
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
      throw new PluginHostError('USAGE', `argument number ${index + 1} is not UTF-8`, {
        hint: 'Set the terminal and the locale to UTF-8.',
      });
    }
  }
}

function readOwnCommandLine(): Buffer | undefined {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return undefined; // not Linux
  }
}
