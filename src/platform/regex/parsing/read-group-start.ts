import type { PatternReader } from './pattern-reader.ts';
import { regexOptions } from './regex-options.ts';

/** How a group begins, and the options in it; `options` is `(?i)` alone, whose options go on after it. */
export type GroupStart = { options: number } & (
  | { kind: 'options' | 'plain' | 'unnamed' | 'atomic' }
  | { kind: 'look'; isNegative: boolean }
  /** `name` is empty when a balancing group only takes away; `at` is where it stands. */
  | { kind: 'named'; name: string; minus: string | undefined; at: number }
  /** `name` is what stands in brackets, if that may be a group. */
  | { kind: 'conditional'; name: string | undefined; at: number }
);

const name = /[\p{L}\p{Mn}\p{Nd}\p{Pc}]+/uy;
const options = /([imnsx]*)(?:-([imnsx]*))?[:)]/iy;
const test = /\(([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)\)/uy;

const optionOf: Record<string, number> = {
  i: regexOptions.IgnoreCase,
  m: regexOptions.Multiline,
  n: regexOptions.ExplicitCapture,
  s: regexOptions.Singleline,
  x: regexOptions.IgnorePatternWhitespace,
};

/** Reads what stands after `(`. */
export function readGroupStart(reader: PatternReader, before: number): GroupStart {
  if (!reader.passes('?')) {
    const isExplicit = (before & regexOptions.ExplicitCapture) !== 0;
    return { kind: isExplicit ? 'plain' : 'unnamed', options: before };
  }
  const forward = before & ~regexOptions.RightToLeft;
  const backward = before | regexOptions.RightToLeft;
  if (reader.passes(':')) return { kind: 'plain', options: before };
  if (reader.passes('=')) return { kind: 'look', isNegative: false, options: forward };
  if (reader.passes('!')) return { kind: 'look', isNegative: true, options: forward };
  if (reader.passes('<=')) return { kind: 'look', isNegative: false, options: backward };
  if (reader.passes('<!')) return { kind: 'look', isNegative: true, options: backward };
  if (reader.passes('>')) return { kind: 'atomic', options: before };
  if (reader.startsWith('(')) return readConditional(reader, before);
  if (reader.startsWith('<') || reader.startsWith("'")) return readNamed(reader, before);
  return readOptions(reader, before);
}

function readNamed(reader: PatternReader, before: number): GroupStart {
  const at = reader.at;
  const closing = reader.next() === '<' ? '>' : "'";
  const own = reader.take(name) ?? '';
  if (/^[0-9]/.test(own) && !/^[0-9]{1,9}$/.test(own)) invalidName(reader, at);
  if (own !== '' && /^0+$/.test(own)) reader.fail('Capture number cannot be zero.', at);
  const minus = reader.passes('-') ? (reader.take(name) ?? invalidName(reader, at)) : undefined;
  if (own === '' && minus === undefined) invalidName(reader, at);
  if (!reader.passes(closing)) invalidName(reader, at);
  const plain = /^[0-9]+$/.test(own) ? String(Number(own)) : own;
  return { kind: 'named', name: plain, minus, at, options: before };
}

function invalidName(reader: PatternReader, at: number): never {
  return reader.fail('Invalid group name: Group names must begin with a word character.', at);
}

function readConditional(reader: PatternReader, before: number): GroupStart {
  const { at } = reader;
  const text = reader.take(test);
  reader.at = at;
  return { kind: 'conditional', name: text?.slice(1, -1), at, options: before };
}

function readOptions(reader: PatternReader, before: number): GroupStart {
  const { at } = reader;
  const text = reader.take(options);
  if (text === undefined) reader.fail('Unrecognized grouping construct.', at - 2);
  const [on = '', off = ''] = text.slice(0, -1).toLowerCase().split('-');
  let changed = before;
  for (const letter of on) changed |= optionOf[letter] ?? 0;
  for (const letter of off) changed &= ~(optionOf[letter] ?? 0);
  return { kind: text.endsWith(')') ? 'options' : 'plain', options: changed };
}
