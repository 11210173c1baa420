import type { KvMessage, ParseOptions } from './message.ts';

/**
 * Reads a text of one group. Never throws: what is wrong is in `diagnostics`.
 */
export function parseMessage(input: Uint8Array | string, options: ParseOptions = {}): KvMessage {
  void input;
  void options;
  throw new Error('being written');
}
