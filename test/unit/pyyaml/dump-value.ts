import type { PyValue } from '../../../src/pyyaml/py-value.ts';
import { pythonStr } from '../../../src/pyyaml/python-str.ts';

/** A value in the form of the recorded cases: a letter for the type and Python's `str()`, lists for collections. */
export type Dump = string | Dump[];

export function dumpValue(value: PyValue, around: readonly PyValue[] = []): Dump {
  if (value === null) return 'N';
  if (typeof value !== 'object') return `${letterOf(value)}:${pythonStr(value) ?? 'huge'}`;
  if (value.kind === 'date') return `d:${value.text}`;
  if (value.kind === 'bytes') return `B:${value.bytes.toString('hex')}`;
  if (around.includes(value)) return 'cycle';
  const inner = (each: PyValue): Dump => dumpValue(each, [...around, value]);
  if (value.kind === 'list') return ['L', ...value.items.map(inner)];
  const entries = [...value.entries.values()];
  if (value.kind === 'set') return ['S', ...entries.map(({ key }) => JSON.stringify(inner(key))).sort()];
  return ['D', ...entries.map(({ key, value: held }) => [inner(key), inner(held)])];
}

function letterOf(value: boolean | number | bigint | string): string {
  const letters = { boolean: 'b', number: 'f', bigint: 'i', string: 's' };
  return letters[typeof value as keyof typeof letters];
}
