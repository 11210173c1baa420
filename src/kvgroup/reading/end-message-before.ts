import type { KvGroup } from '../format/kv-group.ts';
import { complaints } from './complaints.ts';
import type { ReaderOptions } from './reader-options.ts';
import type { Recovery } from './recovery.ts';
import type { TokenScanner } from './token-scanner.ts';

interface Reading {
  scanner: TokenScanner;
  recovery: Recovery;
}

/** In a stream, a separator may end the message before: in V2.0 without, in V1 with a warning. */
export function endMessageBefore({ scanner, recovery }: Reading, version: 'v1' | 'v2'): void {
  scanner.skipBlank();
  if (!isAtSeparator(scanner)) return;
  if (version === 'v1') recovery.tolerate('KVG005', scanner.index, complaints.separator);
  scanner.index += 1;
}

/** Skips a line of plain words before the root. In strict it is one error, not one for each word. */
export function skipStrayLine({ scanner, recovery }: Reading, { profile, isV2 }: ReaderOptions): boolean {
  const { start } = scanner;
  if (profile !== 'strict' || isV2 || recovery.lineAt(start).includes('{')) return false;
  recovery.fail('KVG008', start, complaints.strayText);
  scanner.skipLine();
  return true;
}

/** Nothing follows the root but blanks, comments and one separator. */
export function checkEnd({ scanner, recovery }: Reading, { profile, isV2 }: ReaderOptions, root: KvGroup): void {
  scanner.skipBlank();
  if (isAtSeparator(scanner) && (isV2 || profile === 'compat')) {
    if (!isV2) recovery.tolerate('KVG005', scanner.index, complaints.separator);
    scanner.index += 1;
    scanner.skipBlank();
  }
  const { index, text } = scanner;
  if (index < text.length) recovery.fail('KVG007', index, complaints.afterRoot(root, text.charAt(index)));
}

function isAtSeparator({ text, index }: TokenScanner): boolean {
  const code = text.charCodeAt(index);
  return code === 0x3b || code === 0x2c;
}
