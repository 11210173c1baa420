/** What YAML text becomes in Python, as far as its safe loader makes it. */
export type PyValue =
  | null
  | boolean
  | string
  /** int */
  | bigint
  /** float */
  | number
  | PyDate
  | PyBytes
  | PyList
  | PyDict;

/** A date, or a date with a time. */
export interface PyDate {
  kind: 'date';
  /** What Python's `str()` makes of it. */
  text: string;
}

export interface PyBytes {
  kind: 'bytes';
  bytes: Buffer;
}

export interface PyList {
  kind: 'list';
  items: PyValue[];
}

export interface PyEntry {
  key: PyValue;
  value: PyValue;
}

export interface PyDict {
  /** A set is a mapping without values. Where a mapping is required, it does not count as one. */
  kind: 'dict' | 'set';
  /** By `keyOf(key)`. */
  entries: Map<string, PyEntry>;
}

/** The name of a key: equal for keys that are equal in Python (`1`, `1.0` and `true`), undefined for what cannot be a key. */
export function keyOf(key: PyValue): string | undefined {
  if (key === null) return 'none';
  if (typeof key === 'string') return `text ${key}`;
  if (typeof key === 'boolean') return `number ${key ? '1' : '0'}`;
  if (typeof key === 'bigint') return `number ${key.toString(16)}`;
  if (typeof key === 'number') return `number ${Number.isInteger(key) ? BigInt(key).toString(16) : String(key)}`;
  if (key.kind === 'date') return `date ${key.text}`;
  if (key.kind === 'bytes') return `bytes ${key.bytes.toString('latin1')}`;
  return undefined;
}

/** Truth as in Python: None, zero and what is empty are false. */
export function isTruthy(value: PyValue): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value) || Number.isNaN(value);
  if (value.kind === 'list') return value.items.length > 0;
  if (value.kind === 'bytes') return value.bytes.length > 0;
  return value.kind === 'date' || value.entries.size > 0;
}
