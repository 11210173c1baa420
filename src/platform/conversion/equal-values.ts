import { Double } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { JsonScalar } from '../values/json-token.ts';
import { CaptureValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { reveal } from '../values/secret.ts';
import { TypeValue } from '../values/type-value.ts';
import { isNumber } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { plainValue } from './plain-value.ts';
import { toText } from './render-text.ts';

/** Tells the author what an expression does in another way than it reads. */
export type Note = (text: string) => void;

const silent: Note = () => undefined;

/**
 * `==`: numbers by value whatever their kind, texts unit by unit, a status code with its number or names, a value inside JSON as
 * the other side is, objects by identity. Source: specification c.3, d.6.
 */
export function equalValues(left: Value, right: Value, note: Note = silent): boolean {
  const [a, b] = [reveal(left), reveal(right)];
  if (a instanceof NamedText || b instanceof NamedText) return equalNames(a, b, note);
  if (a instanceof EnumValue || b instanceof EnumValue) return equalEnums(a, b, note);
  const [x, y] = [plainValue(a), plainValue(b)];
  if (x === null || y === null) return x === y;
  if (a instanceof JsonScalar || b instanceof JsonScalar) return equalJson(x, y);
  if (isNumber(x) && isNumber(y)) return numberOf(x) === numberOf(y);
  if (typeof x === 'boolean' && typeof y === 'string') return equalWord(x, y, note);
  if (typeof x === 'string' && typeof y === 'boolean') return equalWord(y, x, note);
  if (x instanceof TypeValue && y instanceof TypeValue) return x.name === y.name;
  if (x instanceof CaptureValue && y instanceof CaptureValue) return x === y;
  return x === y;
}

/** Both as they compare: Int64 exactly, others as floating point numbers. */
function numberOf(value: number | bigint | Double): number | bigint {
  if (typeof value !== 'bigint') return value instanceof Double ? value.value : value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function equalWord(truth: boolean, text: string, note: Note): boolean {
  note('compares a Boolean with a text');
  return text.trim().toLowerCase() === String(truth);
}

function equalJson(x: Value, y: Value): boolean {
  if (isNumber(x) && isNumber(y)) return numberOf(x) === numberOf(y);
  if (typeof x === 'boolean' || typeof y === 'boolean') return toText(x).toLowerCase() === toText(y).toLowerCase();
  if (typeof x === 'object' && typeof y === 'object') return x === y;
  return toText(x) === toText(y);
}

function equalNames(a: Value, b: Value, note: Note): boolean {
  const [named, other] = a instanceof NamedText ? [a, b] : [b, a];
  const [text, otherText] = [plainValue(named), plainValue(other)];
  if (text === otherText) return true;
  const isOther = named instanceof NamedText && typeof otherText === 'string' && named.otherNames.includes(otherText);
  if (isOther) note(`"${otherText}" is another name of "${named.value}"`);
  return isOther;
}

function equalEnums(a: Value, b: Value, note: Note): boolean {
  if (a instanceof EnumValue && b instanceof EnumValue) return a.typeName === b.typeName && a.value === b.value;
  const [known, other] = a instanceof EnumValue ? [a, plainValue(b)] : [b as EnumValue, plainValue(a)];
  if (isNumber(other)) return numberOf(other) === known.value;
  if (typeof other !== 'string') return false;
  return other === known.text || equalNames(NamedText.ofNames(known.names), other, note);
}
