import { privateKeySpans } from './private-key-spans.ts';

/** The PEM private keys in a text, each from BEGIN to END if it has one. */
export function privateKeyBlocks(text: string): string[] {
  const blocks = privateKeySpans(text).map(([start, end]) => text.slice(start, end));
  return blocks.filter((block) => !/^-----[^-]*-----$/.test(block));
}
