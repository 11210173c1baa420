import { GroupSlots } from './group-slots.ts';
import type { ParsedPattern } from './pattern-node.ts';
import { PatternParser } from './pattern-parser.ts';
import { PatternReader } from './pattern-reader.ts';

/** The tree of a pattern; a text that is none is a `PatternError`. */
export function parsePattern(text: string, options: number): ParsedPattern {
  const slots = new GroupSlots();
  new PatternParser(new PatternReader(text), slots, options, true).parse();
  slots.assign();
  const root = new PatternParser(new PatternReader(text), slots, options, false).parse();
  return { root, groups: slots.list() };
}
