import { renderSuggestion } from '../../base/nearest-name.ts';
import type { PairShape, ValueType } from '../points/point.ts';
import type { UnplacedProblem } from './create-report.ts';

export type Direction = 'input' | 'output';

interface Rule {
  form: RegExp;
  expected: string;
}

const rules: Partial<Record<ValueType, Rule>> = {
  int: { form: /^[+-]?\d+$/, expected: 'a whole number' },
  hextime: { form: /^(?:0[xX])?[\da-fA-F]+$/, expected: 'hexadecimal seconds since 1970' },
  bool: { form: /^(?:true|false)$/, expected: 'true or false' },
  BOOL: { form: /^(?:TRUE|FALSE)$/, expected: 'TRUE or FALSE' },
  guid: { form: /^\{?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}?$/, expected: 'a GUID' },
  flag: { form: /^1$/, expected: '1, or no such key' },
};

/** Types that may be empty in an answer. */
const mayBeEmpty: readonly ValueType[] = ['id', 'text', 'secret', 'guid'];

/** What is wrong with a value; undefined when nothing is. The product may send every key empty. */
export function checkValue(
  { type, values }: PairShape,
  value: string,
  direction: Direction,
): UnplacedProblem | undefined {
  if (value === '' && (direction === 'input' || mayBeEmpty.includes(type))) return undefined;
  if (type === 'enum') return checkEnumeration(values, value);
  if (type === 'epoch') return checkEpoch(value);
  const rule = rules[type];
  if (rule === undefined || rule.form.test(value)) return undefined;
  return wrongType(rule.expected, value);
}

function checkEnumeration(values: readonly string[], value: string): UnplacedProblem | undefined {
  if (values.includes(value)) return undefined;
  return {
    level: 'warning',
    code: 'VALUE_UNKNOWN',
    what: `${show(value)} is not one of the published values`,
    hint: renderSuggestion(value, values),
  };
}

/** Older samples of the product's pages hold hexadecimal times. */
function checkEpoch(value: string): UnplacedProblem | undefined {
  if (/^\d+$/.test(value)) return undefined;
  const isHexadecimal = /^[\da-fA-F]+$/.test(value);
  if (!isHexadecimal) return wrongType('decimal seconds since 1970', value);
  return {
    level: 'warning',
    code: 'VALUE_TYPE',
    what: `${show(value)} is a hexadecimal time; expected decimal seconds since 1970`,
    hint: 'Only older releases wrote hexadecimal times here.',
  };
}

function wrongType(expected: string, value: string): UnplacedProblem {
  const hint = value === '' ? 'Leave the key out, or give it a value.' : 'Case and blanks count.';
  return { level: 'error', code: 'VALUE_TYPE', what: `expected ${expected}, got ${show(value)}`, hint };
}

function show(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
