import { JsonScalar } from '../values/json-token.ts';
import { NamedText } from '../values/named-text.ts';
import { reveal } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** The value that operators and arguments work on: neither secret nor inside a `JValue`, a text just a text. */
export function plainValue(value: Value): Value {
  if (value === null || typeof value !== 'object') return value;
  const plain = reveal(value);
  if (plain instanceof JsonScalar || plain instanceof NamedText) return plain.value;
  return plain;
}
