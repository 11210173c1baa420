import { unbounded } from './pattern-node.ts';
import type { PatternReader } from './pattern-reader.ts';

export interface Quantifier {
  min: number;
  max: number;
  isLazy: boolean;
}

const quantifier = /[*+?]|\{[0-9]+(?:,[0-9]*)?\}/y;
const bounds: Partial<Record<string, [number, number]>> = { '*': [0, unbounded], '+': [1, unbounded], '?': [0, 1] };

/** A quantifier, if one stands there; a brace that is none is a literal. White space may stand before its `?`. */
export function readQuantifier(reader: PatternReader, skipsWhiteSpace: boolean): Quantifier | undefined {
  const start = reader.at;
  const text = reader.take(quantifier);
  if (text === undefined) return undefined;
  const [min, max] = bounds[text] ?? readBounds(text);
  if (min > unbounded || max > unbounded) reader.fail('A quantifier is too large.', start);
  if (min > max) reader.fail('Illegal {x,y} with x > y.', start);
  reader.skipBlanks(skipsWhiteSpace);
  return { min, max, isLazy: reader.passes('?') };
}

function readBounds(text: string): [number, number] {
  const [least = '', most = least] = text.slice(1, -1).split(',');
  return [Number(least), most === '' ? unbounded : Number(most)];
}
